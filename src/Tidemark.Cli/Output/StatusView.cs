using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

/// <summary>A namespace at a glance.</summary>
internal static class StatusView
{
    public static IEnumerable<Block> Of(StatusReport status)
    {
        var (summary, run) = (status.Namespace, status.LastRun);
        yield return new Block.Columns(
        [
            Row("namespace", summary.Name),
            Row("store", $"{status.Store}, {Units.Bytes(status.Bytes)}"),
            Row("index", $"{Units.Count(summary.Documents, "document")}, {Units.Count(summary.Chunks, "chunk")}"),
            Row("generation", summary.Generation is { } g
                ? $"{g.Id}, {g.Pipeline.Space}, {g.Pipeline.Chunker}"
                : "none yet"),
            Row("last run", run is null ? "none yet" : Describe(run)),
            .. Quarantine(status.Quarantine),
            Row("complete sync", status.LastCompleteSyncAge is { } age ? $"{Units.Age(age)} ago" : "none yet"),
        ]);
    }

    private static IEnumerable<IReadOnlyList<Span>> Quarantine(IReadOnlyList<QuarantinedInput> quarantine)
    {
        if (quarantine.Count > 0)
        {
            var documents = quarantine.Select(entry => entry.Document).Distinct(StringComparer.Ordinal).ToArray();
            var named = string.Join(", ", documents.Take(3)) + (documents.Length > 3 ? ", …" : "");
            yield return Row("quarantine", $"{Units.Count(quarantine.Count, "input")} of {named}: {quarantine[0].Message}");
        }
    }

    private static string Describe(RunRecord run) =>
        $"{run.Id}, {run.Command}, {RunsView.OutcomeOf(run)}, {Units.Time(run.StartedAt)}";

    private static IReadOnlyList<Span> Row(string label, string value) => [new("  " + label, Tone.Muted), value];
}
