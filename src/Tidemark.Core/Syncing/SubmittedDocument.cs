using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What became of one decision of a batch.</summary>
internal readonly record struct SubmittedDocument
{
    /// <summary>Nothing was done: there was no money for its vectors.</summary>
    public static SubmittedDocument HeldBack { get; } = new() { IsHeldBack = true };

    /// <summary>Nothing was done: an item of the same id was taken, and the sink keeps to what it took first.</summary>
    public static SubmittedDocument Repeat { get; } = new() { IsRepeat = true };

    /// <summary>The document could not be taken: what the index has of it stays.</summary>
    public ItemFailure? Failure { get; init; }

    public AppliedDocument Applied { get; init; }

    public bool IsHeldBack { get; init; }

    public bool IsRepeat { get; init; }

    /// <summary>The queued change is somebody else's by now: nothing was done in its name.</summary>
    public bool IsLeaseLost => Applied.IsLeaseLost;

    public bool IsApplied => !IsHeldBack && Failure is null && Applied.Applied;
}
