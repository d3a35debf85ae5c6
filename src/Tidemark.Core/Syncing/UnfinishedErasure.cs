using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Tells of what was to be forgotten where that has not come to its end. Pure.</summary>
internal static class UnfinishedErasure
{
    public const string Remedy = "give the same 'ForgetAsync()' once more, which finishes it; if it shall not be forgotten after all, 'LiftAsync(DOCUMENT)'";

    /// <returns>Null: all has.</returns>
    public static string? Look(Suppressions suppressions) => suppressions.Unfinished.Min(one => (DateTimeOffset?)one.Since) is { } since
        ? $"something that was to be forgotten at {Rfc3339.Of(since)} may still be there"
        : null;

    /// <summary>For the report of a run.</summary>
    public static ItemWarning? Warning(SyncOptions request) => Look(request.Suppressions) is { } unfinished
        ? new ItemWarning(request.NamespaceName, ErrorCodes.ForgetUnfinished, unfinished, Remedy)
        : null;
}
