using System.Collections.Frozen;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Verifying;

namespace Tidemark.Cli.Hosting;

/// <summary>The one table from what happened to what the process returns.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int SomeFailed = 3;
    public const int Drift = 4;
    public const int HeldBack = 5;
    public const int Locked = 6;
    public const int Incompatible = 7;
    public const int Cancelled = 130;

    /// <summary>What each code means, in the order in which they win where several apply.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> Meanings =
    [
        (Done, "done and in step"),
        (Failed, "failed"),
        (Incompatible, "the store is of another, newer or incompatible format, or not one at all"),
        (Locked, "another run holds the namespace"),
        (Cancelled, "cancelled; the current batch is committed, a rerun resumes"),
        (HeldBack, "the deletion guard held something back"),
        (SomeFailed, "some items failed, the rest is done"),
        (Drift, "drift was found"),
        (Usage, "usage or configuration; nothing was done"),
    ];

    /// <summary>Every error code that does not simply mean <see cref="Failed"/>.</summary>
    public static readonly FrozenDictionary<string, int> ByErrorCode = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        [ErrorCodes.Usage] = Usage,
        [ErrorCodes.ConfigurationInvalid] = Usage,
        [ErrorCodes.SourceMissing] = Usage,
        [ErrorCodes.SourceName] = Usage,
        [ErrorCodes.SourceUnidentified] = Usage,
        [ErrorCodes.DocumentMissing] = Usage,
        [ErrorCodes.NamespaceMissing] = Usage,
        [ErrorCodes.NamespaceAppendOnly] = Usage,
        [ErrorCodes.PipelineChanged] = Usage,
        [ErrorCodes.EmbeddingSpace] = Usage,
        [ErrorCodes.StoreMissing] = Usage,
        [ErrorCodes.StoreForeign] = Incompatible,
        [ErrorCodes.StoreNewer] = Incompatible,
        [ErrorCodes.StoreCorrupt] = Incompatible,
        [ErrorCodes.RunLocked] = Locked,
        [ErrorCodes.StoreBusy] = Locked,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static int Of(TidemarkException failure) => ByErrorCode.GetValueOrDefault(failure.Code, Failed);

    public static int Of(SyncReport report)
    {
        var heldBack = report.Guard is not null || report.Outcome is RunOutcome.Guarded or RunOutcome.Budget;
        var someFailed = report.Outcome == RunOutcome.Partial || report.Documents.Failed > 0 || report.Errors.Count > 0;
        return report.Outcome switch
        {
            RunOutcome.Failed => Failed,
            RunOutcome.Cancelled => Cancelled,
            _ when heldBack => HeldBack,
            _ when report.Changes is not null => Done,
            _ when someFailed => SomeFailed,
            _ => Done,
        };
    }

    public static int Of(VerifyReport report) => report.InSync ? Done : Drift;
}
