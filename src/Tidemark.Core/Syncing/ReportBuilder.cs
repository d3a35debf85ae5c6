using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Turns a run's counters into its report. Pure.</summary>
internal static class ReportBuilder
{
    public static RunOutcome OutcomeOf(RunTally tally, GuardReport? guard) =>
        guard is not null ? RunOutcome.Guarded
        : tally.Failed > 0 ? RunOutcome.Partial
        : RunOutcome.Succeeded;

    public static string CleanupOf(IReadOnlyList<SourceRun> sources, SyncOptions request)
    {
        if (sources.Count == 0)
        {
            return request.Cleanup is { } asked ? CleanupModeName.Of(asked) : "none";
        }

        var first = sources[0].Cleanup;
        return sources.All(source => source.Cleanup == first) ? CleanupModeName.Of(first) : "mixed";
    }

    public static EmbeddingCounts Count(EmbeddingModel model, RunTally tally, EmbeddingSpent spent, AvoidedTokens avoided)
    {
        var (usage, _, endpoint) = spent;
        var reused = Math.Max(0, tally.ChunksAdded - tally.OwnVectors - usage.Inputs);
        return new EmbeddingCounts(
            model.Space.Name, usage.Requests, usage.Inputs, reused, usage.Tokens, avoided, model.PricePerMillionTokens)
        {
            Endpoint = endpoint,
        };
    }
}
