import { Readable } from 'node:stream';
import type {
  UrlReaderService,
  UrlReaderServiceReadTreeOptions,
  UrlReaderServiceReadTreeResponse,
  UrlReaderServiceReadUrlOptions,
  UrlReaderServiceReadUrlResponse,
  UrlReaderServiceSearchOptions,
  UrlReaderServiceSearchResponse,
} from '@backstage/backend-plugin-api';
import type { ReadTreeResponseFactory } from '@backstage/backend-defaults/urlReader';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { BareRepository } from '../BareRepository';
import { globExpression, isGlob } from './glob';
import { formatLocalUrl, parseLocalUrl } from './localUrls';

interface Place {
  repository: BareRepository;
  ref: string;
  commit: string;
  path: string;
}

/**
 * Reads addresses of the portal's own repositories straight from their folders, so that the catalog and the documentation need
 * neither network nor token. The etag is git's id of the file or folder: it changes only when the content does.
 */
export class LocalUrlReader implements UrlReaderService {
  constructor(
    private readonly deps: {
      baseUrl: string;
      getRepository: (name: string) => Promise<BareRepository>;
      treeResponseFactory: ReadTreeResponseFactory;
    },
  ) {}

  async readUrl(
    url: string,
    options: UrlReaderServiceReadUrlOptions = {},
  ): Promise<UrlReaderServiceReadUrlResponse> {
    const { signal } = options;
    const { repository, commit, path } = await this.locate(url, signal);
    const etag = await repository.objectId(commit, path, { signal });
    if (etag === options.etag) throw new NotModifiedError();
    const lastModifiedAt = await repository.changedAt(commit, path, { signal });
    if (
      options.lastModifiedAfter &&
      lastModifiedAt <= options.lastModifiedAfter
    )
      throw new NotModifiedError();
    const content = await repository.readFile(commit, path, { signal });
    return {
      etag,
      lastModifiedAt,
      buffer: async () => content,
      stream: () => Readable.from([content]),
    };
  }

  async readTree(
    url: string,
    options: UrlReaderServiceReadTreeOptions = {},
  ): Promise<UrlReaderServiceReadTreeResponse> {
    const { signal } = options;
    const { repository, commit, path } = await this.locate(url, signal);
    const etag = await repository.objectId(commit, path, { signal });
    if (etag === options.etag) throw new NotModifiedError();
    // Says NotFound for a file before a broken archive would.
    await repository.list(commit, path, { signal });
    return this.deps.treeResponseFactory.fromTarArchive({
      stream: repository.archive(commit, { path, signal }),
      etag,
      filter: options.filter,
      stripFirstDirectory: false,
    });
  }

  async search(
    url: string,
    options: UrlReaderServiceSearchOptions = {},
  ): Promise<UrlReaderServiceSearchResponse> {
    const { pathname } = new URL(url);
    if (!isGlob(decodeURI(pathname))) return this.searchOne(url, options);
    const { signal } = options;
    const place = await this.locate(url, signal);
    const { repository, commit, ref } = place;
    const etag = await repository.objectId(commit, '', { signal });
    if (etag === options.etag) throw new NotModifiedError();
    const wanted = globExpression(place.path);
    const entries = await repository.list(commit, '', { signal, deep: true });
    const files = entries
      .filter(({ type, path }) => type === 'file' && wanted.test(path))
      .map(({ path }) => ({
        url: formatLocalUrl(this.deps.baseUrl, {
          repository: repository.name,
          ref,
          path,
        }),
        content: () => repository.readFile(commit, path, { signal }),
      }));
    return { files, etag };
  }

  toString(): string {
    return `local{baseUrl=${this.deps.baseUrl}}`;
  }

  private async searchOne(
    url: string,
    options: UrlReaderServiceSearchOptions,
  ): Promise<UrlReaderServiceSearchResponse> {
    try {
      const {
        etag = '',
        lastModifiedAt,
        buffer,
      } = await this.readUrl(url, options);
      return { files: [{ url, content: buffer, lastModifiedAt }], etag };
    } catch (error) {
      if (error instanceof NotFoundError) return { files: [], etag: '' };
      throw error;
    }
  }

  private async locate(url: string, signal?: AbortSignal): Promise<Place> {
    const { baseUrl, getRepository } = this.deps;
    const { repository: name, refAndPath } = parseLocalUrl(baseUrl, url);
    const repository = await getRepository(name);
    return { repository, ...(await repository.split(refAndPath, { signal })) };
  }
}
