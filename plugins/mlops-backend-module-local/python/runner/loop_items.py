"""Gives each iteration of a loop its own item and nothing else.

kfp 2.17.0's local runner puts the item in the place of every parameter that a loop takes from a step before it or from a loop
around it: such a pipeline would run to its end with wrong numbers, and without an error.
"""
from kfp.compiler import pipeline_spec_builder
from kfp.local.orchestrator import task_spec_utils
from kfp.pipeline_spec import pipeline_spec_pb2


def iteration_of(original_task_spec, loop_item, loop_task_name):
    """The loop's task for one item (a JSON value), as a task without a loop; signature of the function it replaces."""
    task = pipeline_spec_pb2.PipelineTaskSpec()
    task.CopyFrom(original_task_spec)
    item = task.inputs.parameters[task.parameter_iterator.item_input]
    item.Clear()
    item.runtime_value.constant.CopyFrom(pipeline_spec_builder.to_protobuf_value(loop_item))
    task.ClearField("parameter_iterator")
    return task


def correct() -> None:
    task_spec_utils.create_parameter_loop_iteration_task_spec = iteration_of
