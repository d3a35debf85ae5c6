using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What became of one decision of a batch.</summary>
internal readonly record struct SubmittedDocument
{
    /// <summary>Nothing was done: there was no money for its vectors.</summary>
    public static SubmittedDocument HeldBack { get; } = new() { IsHeldBack = true };

    public AppliedDocument Applied { get; init; }

    public bool IsHeldBack { get; init; }

    public bool IsApplied => !IsHeldBack && Applied.Applied;
}
