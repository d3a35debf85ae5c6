namespace Tidemark.Records;

/// <summary>One build of a namespace's index with one pipeline.</summary>
public sealed record GenerationRecord(long Id, PipelineIdentity Pipeline, GenerationState State)
{
    /// <summary>Whether every run brings it in step beside the one that answers.</summary>
    public bool Follows => State is GenerationState.Candidate or GenerationState.Previous;

    /// <summary>Whether it was begun after another one: then that is what a migration leads from, and this what it leads to.</summary>
    public bool IsNewerThan(GenerationRecord? other) => other is null || Id > other.Id;
}

/// <summary>Where a generation stands between its first chunk and its removal.</summary>
public enum GenerationState
{
    /// <summary>Being filled by a rebuild; no query sees it, and no other run brings it further.</summary>
    Building = 0,

    /// <summary>Answers queries.</summary>
    Active = 1,

    // 2 is a retired one, of which only closed chunks are left; no record of it is ever read.

    /// <summary>Answered until another one took its place, and follows since, so that it can answer again at once.</summary>
    Previous = 3,

    /// <summary>Built beside the one that answers, by a migration; it follows from its first document on, and may be promoted.</summary>
    Candidate = 4,
}
