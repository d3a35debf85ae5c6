using System.Collections.Frozen;

namespace Tidemark;

/// <summary>The one table from a code to its kind.</summary>
public static class ErrorKinds
{
    private static readonly FrozenDictionary<string, ErrorKind> Kinds = new Dictionary<ErrorKind, string[]>
    {
        [ErrorKind.Warning] =
        [
            ErrorCodes.SourceEmpty, ErrorCodes.SourceFrontMatter, ErrorCodes.VersionAhead, ErrorCodes.ClockWentBack, ErrorCodes.SourceMoved, ErrorCodes.HistoryLost,
            ErrorCodes.SourceOverlap, ErrorCodes.SourcePointer, ErrorCodes.StoreAbove, ErrorCodes.StoreRewound, ErrorCodes.RuleUndated,
            ErrorCodes.IndexLeft, ErrorCodes.SearchFilter, ErrorCodes.SearchEmpty, ErrorCodes.SearchIncomplete,
        ],
        [ErrorKind.Usage] =
        [
            ErrorCodes.Usage, ErrorCodes.ConfigurationInvalid, ErrorCodes.ConfigurationUntrusted, ErrorCodes.SourceMissing,
            ErrorCodes.SourceName, ErrorCodes.SourceUnidentified, ErrorCodes.DocumentMissing, ErrorCodes.NamespaceMissing, ErrorCodes.RunMissing,
            ErrorCodes.HistoryHorizon, ErrorCodes.ArchiveMissing, ErrorCodes.HoldMissing,
            ErrorCodes.ForgetMissing, ErrorCodes.ForgetForeign, ErrorCodes.ForgetUnfinished, ErrorCodes.MigrationRunning, ErrorCodes.MigrationMissing, ErrorCodes.GoldenMissing, ErrorCodes.KeyMissing,
            ErrorCodes.NamespaceAppendOnly, ErrorCodes.PipelineChanged, ErrorCodes.EmbeddingSpace, ErrorCodes.EmbeddingKeyMissing,
            ErrorCodes.BudgetUnpriced, ErrorCodes.PlanStale, ErrorCodes.PlanInvalid, ErrorCodes.StoreMissing, ErrorCodes.StoreNotEmpty,
        ],
        [ErrorKind.Item] =
        [
            ErrorCodes.SourceUnreadable, ErrorCodes.SourceMalformed, ErrorCodes.SourceIncomplete, ErrorCodes.SourceConflict, ErrorCodes.SourceTooLarge,
            ErrorCodes.SourceTooSlow, ErrorCodes.SourceBinary, ErrorCodes.SourceEncoding, ErrorCodes.SourceChanging,
            ErrorCodes.ExtractorMissing, ErrorCodes.ExtractorFailed, ErrorCodes.ExtractorTimeout, ErrorCodes.ExtractorTooLarge,
            ErrorCodes.VersionConflict, ErrorCodes.EmbeddingInvalid, ErrorCodes.EmbeddingTooLong, ErrorCodes.EmbeddingRefused,
            ErrorCodes.EmbeddingQuarantined, ErrorCodes.QueueWorkerLost, ErrorCodes.EventUnmapped,
        ],
        [ErrorKind.Busy] = [ErrorCodes.RunLocked, ErrorCodes.StoreBusy, ErrorCodes.FeedTaken, ErrorCodes.FeedBusy],
        [ErrorKind.Unavailable] =
        [
            ErrorCodes.EmbeddingUnavailable, ErrorCodes.EmbeddingRateLimited, ErrorCodes.StoreUnreachable,
            ErrorCodes.IndexUnavailable, ErrorCodes.IndexLagging, ErrorCodes.QueueFull, ErrorCodes.FeedUnreachable, ErrorCodes.BrokerUnreachable,
        ],
        [ErrorKind.Limit] = [ErrorCodes.BudgetReached, ErrorCodes.HoldHeld, ErrorCodes.ForgetRemembered, ErrorCodes.MigrationBlocked],
        [ErrorKind.Operator] =
        [
            ErrorCodes.EmbeddingKey, ErrorCodes.EmbeddingModel, ErrorCodes.EmbeddingEndpoint, ErrorCodes.EmbeddingChanged,
            ErrorCodes.EmbeddingMissing, ErrorCodes.StoreReadOnly, ErrorCodes.StoreFull, ErrorCodes.StoreAccess, ErrorCodes.StoreMoved,
            ErrorCodes.StoreCopy, ErrorCodes.MigrationBehind, ErrorCodes.IndexRefused, ErrorCodes.RunLost, ErrorCodes.OutputFailed,
            ErrorCodes.FeedSetup, ErrorCodes.FeedLost, ErrorCodes.BrokerSetup,
        ],
        [ErrorKind.Incompatible] =
        [
            ErrorCodes.StoreForeign, ErrorCodes.StoreNewer, ErrorCodes.StoreCorrupt, ErrorCodes.StoreUnfinished,
            ErrorCodes.IndexForeign, ErrorCodes.IndexMissing,
        ],
        [ErrorKind.Cancelled] = [ErrorCodes.Cancelled],
        [ErrorKind.Defect] = [ErrorCodes.StoreFailed, ErrorCodes.Internal],
    }
    .SelectMany(kind => kind.Value.Select(code => (code, kind.Key)))
    .ToFrozenDictionary(pair => pair.code, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The codes that the table has, each of <see cref="ErrorCodes"/>.</summary>
    public static IEnumerable<string> Codes => Kinds.Keys;

    /// <param name="code">One of <see cref="ErrorCodes"/>; what another's adapter invented is for whoever runs it.</param>
    public static ErrorKind Of(string code) => Kinds.GetValueOrDefault(code, ErrorKind.Operator);
}
