namespace Tidemark.Records;

/// <summary>One build of a namespace's index with one pipeline.</summary>
public sealed record GenerationRecord(long Id, PipelineIdentity Pipeline, GenerationState State);

/// <summary>Where a generation stands between its first chunk and its removal.</summary>
public enum GenerationState
{
    /// <summary>Being filled; no query sees it.</summary>
    Building,

    /// <summary>Answers queries.</summary>
    Active,
}
