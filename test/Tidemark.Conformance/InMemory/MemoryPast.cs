using System.Runtime.CompilerServices;
using System.Text;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryPast(MemoryState state, MemoryReader reader) : IPastReader
{
    public ValueTask<long> SequenceAtAsync(string @namespace, DateTimeOffset time, CancellationToken cancellationToken) =>
        Locked(@namespace, space => space.Commits.Where(commit => commit.Value <= time).Select(commit => commit.Key).DefaultIfEmpty().Max());

    public ValueTask<long?> SequenceOfRunAsync(string @namespace, long run, CancellationToken cancellationToken) =>
        Locked(@namespace, space => space.Runs.Exists(one => one.Id == run)
            ? (long?)(LastOf(space, one => one == run) is > 0 and var own ? own : LastOf(space, one => one < run))
            : null);

    public ValueTask<DateTimeOffset?> TimeOfRunAsync(string @namespace, long run, CancellationToken cancellationToken) =>
        Locked(@namespace, space => space.Runs.Find(one => one.Id == run) is { } found ? found.FinishedAt ?? found.StartedAt : (DateTimeOffset?)null);

    public ValueTask<GenerationRecord?> GenerationAtAsync(string @namespace, long sequence, CancellationToken cancellationToken) =>
        Locked(@namespace, space => At(space, sequence));

    public async ValueTask<IReadOnlyList<PastState>> StatesAsync(
        string @namespace, string document, CancellationToken cancellationToken) =>
        await Locked(@namespace, space => (PastState[])
        [
            .. space.Live.Where(one => one.Id == document).Select(one => new PastState(MemoryReader.Summary(space, one), null, null)),
            .. space.History.Where(former => former.Document.Id == document).OrderByDescending(former => former.To).Select(former => new PastState(
                MemoryReader.Summary(space, former.Document),
                new CommitMoment(former.To, space.CommitRuns[former.To], space.Commits[former.To]),
                former.End)),
        ]) ?? [];

    public async IAsyncEnumerable<PastState> GoneAsync(string @namespace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var gone = await Locked(@namespace, space => space.Documents.Values.Where(one => one.State != DocumentState.Live).Select(one => one.Id)
            .OrderBy(id => Convert.ToHexString(Encoding.UTF8.GetBytes(id)), StringComparer.Ordinal).ToArray());
        foreach (var id in gone ?? [])
        {
            if (await StatesAsync(@namespace, id, cancellationToken) is [var last, ..])
            {
                yield return last;
            }
        }
    }

    public async ValueTask<IReadOnlyList<string>> SourceIdsAsync(string @namespace, CancellationToken cancellationToken) =>
        await Locked(@namespace, space => space.Documents.Values.Concat(space.History.Select(former => former.Document))
            .Select(one => one.SourceId).Distinct().ToArray()) ?? [];

    public async ValueTask<IReadOnlyList<(string Document, bool IsNow)>> OfSourceIdAsync(
        string @namespace, string sourceId, CancellationToken cancellationToken) =>
        await Locked(@namespace, space => ((string Document, bool IsNow)[])
        [
            .. space.Documents.Values.Where(one => one.SourceId == sourceId).Select(one => (one.Id, true))
                .Concat(space.History.Where(former => former.Document.SourceId == sourceId).Select(former => (former.Document.Id, false)))
                .GroupBy(one => one.Id, (id, all) => (id, all.Any(one => one.Item2))).OrderBy(one => one.id, StringComparer.Ordinal),
        ]) ?? [];

    public async ValueTask<IReadOnlyList<FormerDocument?>> FormerAsync(
        string @namespace, IReadOnlyList<(string Document, long Sequence)> states, CancellationToken cancellationToken) =>
        await Locked(@namespace, space => states.Select(state =>
            space.History.Where(former => (former.Document.Id, former.Document.Sequence) == state).Select(former => former.Document).FirstOrDefault() is { } document
                ? new FormerDocument(
                    document.Record(withText: true),
                    document.Text is { } text && string.Concat(document.Chunks.Select(chunk => chunk.Text)) == text,
                    space.Active!.Id,
                    Damage: null)
                : null).ToArray()) ?? [];

    public async IAsyncEnumerable<string> ChangedAsync(
        string @namespace, long after, long until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = await Locked(@namespace, space => space.Documents.Values.Select(one => (one.Id, one.Sequence))
            .Concat(space.History.SelectMany(former => new[] { (former.Document.Id, former.Document.Sequence), (former.Document.Id, former.To) }))
            .Where(boundary => boundary.Item2 > after && boundary.Item2 <= until)
            .Select(boundary => boundary.Item1).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray());
        foreach (var id in ids ?? [])
        {
            yield return id;
        }
    }

    public async IAsyncEnumerable<string> ExpiredAsync(
        string @namespace,
        long sequence,
        DateTimeOffset after,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in await Locked(@namespace, space => Then(space, sequence)
            .Where(one => one.ExpiresAt > after && one.ExpiresAt <= until).Select(one => one.Id).ToArray()) ?? [])
        {
            yield return id;
        }
    }

    public async IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string @namespace, string prefix, long sequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var document in await Locked(@namespace, space => Then(space, sequence).Select(one => MemoryReader.Summary(space, one)).ToArray()) ?? [])
        {
            if (document.Id.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return document;
            }
        }
    }

    public async IAsyncEnumerable<IndexedChunk> ChunksAsync(
        string @namespace, string? document, long sequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunks = await Locked(@namespace, space => Then(space, sequence)
            .Where(one => document is null || one.Id == document)
            .SelectMany(one => one.Chunks.Select((chunk, ordinal) => reader.Chunk(space, one, chunk, ordinal, withVector: false))).ToArray());
        foreach (var chunk in chunks ?? [])
        {
            yield return chunk;
        }
    }

    private static IEnumerable<MemoryDocument> Then(MemoryNamespace space, long sequence) => space.Live
        .Where(one => one.Sequence <= sequence)
        .Concat(space.History.Where(former => former.Document.Sequence <= sequence && former.To > sequence).Select(former => former.Document))
        .Select(one => AsCutThen(space, one, sequence))
        .OrderBy(one => Convert.ToHexString(Encoding.UTF8.GetBytes(one.Id)), StringComparer.Ordinal);

    private static MemoryDocument AsCutThen(MemoryNamespace space, MemoryDocument document, long sequence)
    {
        var then = At(space, sequence)?.Id;
        var cut = space.Cuts.Find(cut => cut.Generation == then && (cut.Document.Id, cut.Document.Sequence) == (document.Id, document.Sequence)).Document;
        return cut is null || (then == space.Active?.Id && space.Documents[document.Id] == document) ? document : document with { Chunks = cut.Chunks };
    }

    private static GenerationRecord? At(MemoryNamespace space, long sequence) =>
        space.Promotions.LastOrDefault(promotion => promotion.Sequence <= sequence).Next
        ?? space.Promotions.FirstOrDefault().Former
        ?? space.Active;

    private static long LastOf(MemoryNamespace space, Func<long, bool> isRun) =>
        space.CommitRuns.Where(commit => isRun(commit.Value)).Select(commit => commit.Key).DefaultIfEmpty().Max();

    private ValueTask<T?> Locked<T>(string @namespace, Func<MemoryNamespace, T> look)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(state.Namespaces.TryGetValue(@namespace, out var space) ? look(space) : default);
        }
    }
}
