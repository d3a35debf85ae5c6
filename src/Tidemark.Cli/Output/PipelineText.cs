using Tidemark.Records;

namespace Tidemark.Cli.Output;

/// <summary>What a generation is built with, in few words.</summary>
internal static class PipelineText
{
    public static string Of(PipelineIdentity pipeline) =>
        $"{pipeline.Space}, {pipeline.Chunker}{(pipeline.Stemming is { } language ? $", {language} stems" : "")}";
}
