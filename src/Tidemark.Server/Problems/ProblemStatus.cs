using Microsoft.AspNetCore.Http;
using Tidemark.Documents;

namespace Tidemark.Server.Problems;

/// <summary>The one table from what happened to the status of the answer.</summary>
internal static class ProblemStatus
{
    /// <summary>What is asked of is not there.</summary>
    private static readonly HashSet<string> Missing = new(StringComparer.Ordinal)
    {
        ErrorCodes.DocumentMissing, ErrorCodes.NamespaceMissing, ErrorCodes.RunMissing, ErrorCodes.ArchiveMissing, ErrorCodes.HoldMissing,
        ErrorCodes.GoldenMissing, ErrorCodes.KeyMissing, ErrorCodes.ForgetMissing, ErrorCodes.MigrationMissing, ErrorCodes.SourceMissing,
    };

    /// <summary>The request is a good one, and what is there speaks against it.</summary>
    private static readonly HashSet<string> Conflicts = new(StringComparer.Ordinal)
    {
        ErrorCodes.VersionConflict, ErrorCodes.NamespaceAppendOnly, ErrorCodes.PipelineChanged, ErrorCodes.EmbeddingSpace,
        ErrorCodes.MigrationRunning, ErrorCodes.MigrationBehind, ErrorCodes.ForgetForeign, ErrorCodes.ForgetUnfinished, ErrorCodes.PlanStale,
        ErrorCodes.StoreNotEmpty,
    };

    public static int Of(TidemarkException failure) => failure switch
    {
        HttpProblem problem => problem.Status,
        ConflictException => StatusCodes.Status412PreconditionFailed,
        _ when Missing.Contains(failure.Code) => StatusCodes.Status404NotFound,
        _ when Conflicts.Contains(failure.Code) => StatusCodes.Status409Conflict,
        { Code: ErrorCodes.StoreMissing } => StatusCodes.Status503ServiceUnavailable,
        { Code: ErrorCodes.HistoryHorizon } => StatusCodes.Status410Gone,
        _ => Of(failure.Kind),
    };

    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.Usage => StatusCodes.Status400BadRequest,
        ErrorKind.Item => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.Limit => StatusCodes.Status409Conflict,
        ErrorKind.Busy or ErrorKind.Unavailable or ErrorKind.Operator or ErrorKind.Cancelled => StatusCodes.Status503ServiceUnavailable,
        ErrorKind.Warning or ErrorKind.Incompatible or ErrorKind.Defect => StatusCodes.Status500InternalServerError,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };

    /// <summary>What passes by itself is worth another try.</summary>
    public static TimeSpan? RetryAfter(TidemarkException failure) => failure switch
    {
        HttpProblem problem => problem.RetryAfter,
        { Kind: ErrorKind.Busy } => TimeSpan.FromSeconds(1),
        { Kind: ErrorKind.Unavailable } => TimeSpan.FromSeconds(5),
        _ => null,
    };
}
