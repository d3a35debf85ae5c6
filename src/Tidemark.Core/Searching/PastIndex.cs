using System.Runtime.CompilerServices;
using System.Text;
using Tidemark.Diagnostics;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Wording;

namespace Tidemark.Searching;

/// <summary>
/// The index as it was at a moment, or as it is together with what was deleted: made of records and embeddings when it is asked, chunk by
/// chunk, whatever index the generation has. So its answers are exact, and so are the counts that its rankings are made of.
/// </summary>
internal sealed class PastIndex : IAskedIndex
{
    /// <summary>So many chunks are compared at a time.</summary>
    private const int PageSize = 256;

    private readonly ITidemarkStore _store;
    private readonly NamespaceSummary _known;
    private readonly MetadataFilter _filter;
    private readonly HashSet<string> _hidden;
    private readonly Dictionary<string, Departure> _expired;
    private readonly long? _sequence;
    private readonly Stemmer? _stemmer;
    private int _lacking;

    private PastIndex(
        ITidemarkStore store,
        NamespaceSummary known,
        GenerationRecord generation,
        MetadataFilter filter,
        long? sequence,
        (HashSet<string> Hidden, Dictionary<string, Departure> Expired) left) =>
        (_store, _known, Generation, _filter, _sequence, _hidden, _expired, _stemmer) =
            (store, known, generation, filter, sequence, left.Hidden, left.Expired, Stemmer.Of(generation.Pipeline.Stemming));

    public GenerationRecord Generation { get; }

    /// <param name="store">Whose past it is.</param>
    /// <param name="known">The namespace.</param>
    /// <param name="active">The generation that answers now.</param>
    /// <param name="request">Of what, and what of it may be found.</param>
    /// <param name="now">By which documents have expired where no moment is named.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TidemarkException"><c>run.missing</c>, <c>history.horizon</c>.</exception>
    public static async Task<PastIndex> OpenAsync(
        ITidemarkStore store,
        NamespaceSummary known,
        GenerationRecord active,
        SearchOptions request,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var (sequence, time) = request.AsOf is { } moment
            ? await new PastMoments(store).OfAsync(known, moment, cancellationToken).ConfigureAwait(false)
            : ((long?)null, now);
        var generation = sequence is { } then
            ? await store.Past.GenerationAtAsync(known.Name, then, cancellationToken).ConfigureAwait(false) ?? active
            : active;
        var suppressions = await Suppressions.ReadAsync(store.Safeguards, known.Name, cancellationToken).ConfigureAwait(false);
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var expired = new Dictionary<string, Departure>(StringComparer.Ordinal);
        await foreach (var document in Documents(store, known, sequence, cancellationToken).ConfigureAwait(false))
        {
            if (suppressions.LeftUnfinished(document.Id, document.SourceId) || (sequence is not null && !document.IsValidAt(time)))
            {
                hidden.Add(document.Id);
            }
            else if (!document.IsValidAt(time))
            {
                // It is gone, although nobody has closed it yet.
                expired.Add(document.Id, new Departure(StateEnd.Expired, document.ExpiresAt!.Value));
            }
        }

        return new PastIndex(store, known, generation, request.Filter, sequence, (hidden, expired));
    }

    public async Task<FoundBoth> FindAsync(
        string? words, ReadOnlyMemory<float>? vector, int depth, CancellationToken cancellationToken)
    {
        var byWords = words is null ? null : new WordScan(AskedWords.Of(words, _stemmer), _stemmer);
        var space = new EmbeddingSpace(Generation.Pipeline.Space, Generation.Pipeline.Dimensions);
        var byVector = vector is { } asked ? new VectorScan(_store.Embeddings, space, asked, depth) : null;
        var page = new List<IndexHit>(PageSize);
        var passes = new DocumentPass(_filter);
        await foreach (var hit in ChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            var isAsked = passes.Lets(hit.Chunk);
            byWords?.Take(hit, isAsked);
            if (isAsked && byVector is not null)
            {
                page.Add(hit);
                if (page.Count == PageSize)
                {
                    await byVector.TakeAsync(page, cancellationToken).ConfigureAwait(false);
                    page.Clear();
                }
            }
        }

        await (byVector?.TakeAsync(page, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        _lacking = byVector?.Lacking ?? 0;
        byWords = byWords is null ? null : await CorrectAsync(byWords, passes, cancellationToken).ConfigureAwait(false);
        return new FoundBoth(byWords?.Answer(depth) ?? KeywordAnswer.Nothing, byVector?.Nearest() ?? []);
    }

    /// <summary>Where words of the query stand nowhere, everything is looked at again for near ones, and once more for those.</summary>
    private async Task<WordScan> CorrectAsync(WordScan scan, DocumentPass passes, CancellationToken cancellationToken)
    {
        var near = scan.Near();
        if (near.Words.Count == 0)
        {
            return scan;
        }

        var words = new NearWordScan(near, _stemmer);
        await foreach (var hit in ChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            words.Take(hit.Chunk.Text, WordScan.CaptionOf(hit.Chunk));
        }

        if (words.Corrections() is not { Count: > 0 } corrections)
        {
            return scan;
        }

        var corrected = scan.With(corrections);
        await foreach (var hit in ChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            corrected.Take(hit, passes.Lets(hit.Chunk));
        }

        return corrected;
    }

    public async ValueTask<IReadOnlyList<IndexHit>> LocateAsync(IReadOnlyList<IndexHit> hits, CancellationToken cancellationToken) =>
        await HitLines.LocateAsync(hits, TextsAsync, cancellationToken).ConfigureAwait(false);

    public ValueTask<IReadOnlyList<ItemWarning>> LackingAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<ItemWarning>>(
        _lacking == 0
            ? []
            :
            [
                new ItemWarning(
                    _known.Name,
                    ErrorCodes.EmbeddingMissing,
                    $"{Numbered.Of(_lacking, "text of then has no vector", "texts of then have no vectors")} of '{Generation.Pipeline.Space}', and can be found by words only",
                    "ask with SearchMode.Keyword, or in other words"),
            ]);

    public ValueTask<bool> AnyAsync(MetadataFilter filter, CancellationToken cancellationToken)
    {
        var passes = new DocumentPass(filter);
        return DocumentsAsync(cancellationToken).AnyAsync(document => document.Chunks > 0 && passes.Lets(document), cancellationToken);
    }

    public IAsyncEnumerable<DocumentSummary> DocumentsAsync(CancellationToken cancellationToken)
    {
        var documents = Documents(_store, _known, _sequence, cancellationToken).Where(document => !_hidden.Contains(document.Id));
        return _sequence is null
            ? documents.Concat(_store.Past.GoneAsync(_known.Name, cancellationToken).Select(state => state.RequireSound().Document))
            : documents;
    }

    private static IAsyncEnumerable<DocumentSummary> Documents(
        ITidemarkStore store, NamespaceSummary known, long? sequence, CancellationToken cancellationToken) => sequence is { } then
        ? store.Past.DocumentsAsync(known.Name, prefix: "", then, cancellationToken)
        : store.Reader.DocumentsAsync(known.Name, "", cancellationToken);

    /// <summary>Everything that could be found without a filter; without scores.</summary>
    private async IAsyncEnumerable<IndexHit> ChunksAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunks = _sequence is { } sequence
            ? _store.Past.ChunksAsync(_known.Name, document: null, sequence, cancellationToken)
            : _store.Reader.ChunksAsync(_known.Name, document: null, withVectors: false, cancellationToken);
        var seen = _sequence is null ? new HashSet<string>(StringComparer.Ordinal) : null;
        await foreach (var chunk in chunks.ConfigureAwait(false))
        {
            seen?.Add(chunk.Document);
            if (!_hidden.Contains(chunk.Document))
            {
                yield return new IndexHit(chunk, Score: 0) { Archived = _expired.TryGetValue(chunk.Document, out var departed) ? departed : null };
            }
        }

        if (seen is null)
        {
            yield break;
        }

        await foreach (var state in GoneAsync(cancellationToken).Where(state => seen.Add(state.Document.Id)).ConfigureAwait(false))
        {
            var departure = new Departure(state.Ended!.Value, state.Until!.Value.At);
            var gone = _store.Past.ChunksAsync(_known.Name, state.Document.Id, state.Document.Sequence, cancellationToken);
            await foreach (var chunk in gone.ConfigureAwait(false))
            {
                yield return new IndexHit(chunk, Score: 0) { Archived = departure };
            }
        }
    }

    private async IAsyncEnumerable<PastState> GoneAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var suppressions = await Suppressions.ReadAsync(_store.Safeguards, _known.Name, cancellationToken).ConfigureAwait(false);
        await foreach (var state in _store.Past.GoneAsync(_known.Name, cancellationToken).ConfigureAwait(false))
        {
            if (!suppressions.LeftUnfinished(state.RequireSound().Document.Id, state.Document.SourceId))
            {
                yield return state;
            }
        }
    }

    /// <summary>The texts of documents as they are asked for, by id.</summary>
    private async ValueTask<IReadOnlyDictionary<string, string>> TextsAsync(IReadOnlyCollection<string> documents, CancellationToken cancellationToken)
    {
        var states = new List<(string Document, long Sequence)>();
        foreach (var document in documents)
        {
            var all = await _store.Past.StatesAsync(_known.Name, document, cancellationToken).ConfigureAwait(false);
            if (all.FirstOrDefault(state => _sequence is not { } then
                    || (state.Document.Sequence <= then && !(state.Until?.Sequence <= then))) is { } asked)
            {
                states.Add((document, asked.Document.Sequence));
            }
        }

        var former = await _store.Past.FormerAsync(_known.Name, states, cancellationToken).ConfigureAwait(false);
        var live = states.Where((_, i) => former[i] is null).Select(state => state.Document).ToArray();
        var texts = new Dictionary<string, string>(
            await _store.Reader.TextsAsync(_known.Name, live, cancellationToken).ConfigureAwait(false), StringComparer.Ordinal);
        for (var i = 0; i < states.Count; i++)
        {
            if (former[i] is { Damage: null, Document.Text: { } text })
            {
                texts[states[i].Document] = text;
            }
        }

        return texts;
    }

    /// <summary>Whether documents meet a filter. Each is looked at once where its chunks come one behind the other.</summary>
    private sealed class DocumentPass(MetadataFilter filter)
    {
        private string? _last;
        private bool _passes;

        public bool Lets(IndexedChunk chunk)
        {
            if (!string.Equals(_last, chunk.Document, StringComparison.Ordinal))
            {
                (_last, _passes) = (chunk.Document, Lets(chunk.Document, chunk.Source, chunk.Metadata));
            }

            return _passes;
        }

        public bool Lets(DocumentSummary document) => Lets(document.Id, document.Source, document.Metadata);

        private bool Lets(string document, string source, DocumentMetadata metadata) => filter.IsEmpty
            || (filter.Covers(document, source) && MetadataMatcher.Matches(filter, Encoding.UTF8.GetBytes(metadata.Json)));
    }
}
