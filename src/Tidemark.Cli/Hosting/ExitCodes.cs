using Tidemark.Lifecycle;
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
    public const int Changes = 8;
    public const int Cancelled = 130;

    /// <summary>What each code means, in the order in which they win where several apply.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> Meanings =
    [
        (Done, "done and in step"),
        (Failed, "failed"),
        (Incompatible, "the store is of another, newer or incompatible format, or not one at all"),
        (Locked, "another run holds the namespace"),
        (Cancelled, "cancelled; the current batch is committed, a rerun resumes"),
        (HeldBack, "the deletion guard or the budget held something back"),
        (SomeFailed, "some items failed, the rest is done"),
        (Drift, "drift was found, there is an alert, or an external index lags behind its records"),
        (Usage, "usage or configuration; nothing was done"),
        (Changes, "'plan --detailed-exitcode' found changes"),
    ];

    public static int Of(TidemarkException failure) => Of(failure.Kind);

    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.Usage => Usage,
        ErrorKind.Limit => HeldBack,
        ErrorKind.Busy => Locked,
        ErrorKind.Incompatible => Incompatible,
        ErrorKind.Cancelled => Cancelled,
        ErrorKind.Warning or ErrorKind.Item or ErrorKind.Unavailable or ErrorKind.Operator or ErrorKind.Defect => Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };

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
            _ when report.Index is { Pending: > 0 } => Drift,
            _ => Done,
        };
    }

    public static int Of(LifecycleReport report) => report.Outcome switch
    {
        RunOutcome.Failed => Failed,
        RunOutcome.Cancelled => Cancelled,
        RunOutcome.Guarded or RunOutcome.Budget => HeldBack,
        _ => report.Errors.Count > 0 ? SomeFailed : Done,
    };

    /// <summary>Whether a sync would do more than note that files were touched.</summary>
    public static bool HasChanges(SyncReport plan) =>
        plan.Changes?.Any(planned => planned.Change != "touched") ?? false;

    public static int Of(VerifyReport report) => report.HasDrift ? Drift : report.InSync ? Done : SomeFailed;
}
