"""A pipeline with loops in loops and branches, for the tests. `python control.py`, with kfp 2.17.0, writes control.yaml anew."""
from pathlib import Path

from kfp import compiler, dsl


def step(function):
    return dsl.component(function, base_image="python-control:1", install_kfp_package=False)


@step
def numbers() -> list:
    return [10, 20]


@step
def scale() -> int:
    return 100


@step
def multiply(number: int, factor: int, by: int) -> int:
    return number * factor * by


@step
def name(pair: str) -> str:
    return pair


@step
def total(products: list) -> int:
    return int(sum(products))


@step
def chosen(branch: str) -> str:
    return branch


@dsl.pipeline(name="inner")
def inner(word: str) -> str:
    return chosen(branch=word).output


@dsl.pipeline(name="control")
def pipeline(word: str = "tails"):
    by = scale().output
    with dsl.ParallelFor(items=numbers().output) as number:
        with dsl.ParallelFor(items=[1, 2]) as factor:
            multiply(number=number, factor=factor, by=by)
    with dsl.ParallelFor(items=[{"a": "x", "b": "y"}, {"a": "z", "b": "y"}]) as pair:
        name(pair=pair.a)
    with dsl.ParallelFor(items=[3, 4]) as plain:
        product = multiply(number=plain, factor=1, by=by)
    total(products=dsl.Collected(product.output))
    with dsl.If(word == "heads"):
        chosen(branch="heads")
    with dsl.Else():
        chosen(branch="tails")
    inner(word="nested")


if __name__ == "__main__":
    compiler.Compiler().compile(pipeline, str(Path(__file__).with_name("control.yaml")))
