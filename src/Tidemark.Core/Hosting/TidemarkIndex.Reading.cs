using System.Runtime.CompilerServices;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Searching;
using Tidemark.Syncing;
using Tidemark.Wire;

namespace Tidemark;

/// <content>What asks, and changes nothing: a store that is not there yet is looked at as an empty one.</content>
public sealed partial class TidemarkIndex
{
    /// <summary>The chunks that answer a query, best first.</summary>
    /// <param name="query">Any text is safe: no operator of an engine is honoured in it.</param>
    /// <param name="options">How many, how, and which of them.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="TidemarkException">
    /// <c>usage</c>: an empty query; <c>namespace.missing</c>: nothing was synced yet; <c>embedding.space</c>: the index was built
    /// with another embedder.
    /// </exception>
    public Task<SearchResult> SearchAsync(
        string query, SearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var request = (options ?? new SearchOptions()) with { Namespace = NameOf(options?.Namespace) };
        return _opener.LookAsync(store => AnswerAsync(store, query, request, cancellationToken), cancellationToken);
    }

    /// <summary>By the model of whatever generation answers: where another one was promoted meanwhile, by that one's.</summary>
    private async Task<SearchResult> AnswerAsync(
        ITidemarkStore store, string query, SearchOptions request, CancellationToken cancellationToken)
    {
        const int MostAttempts = 30; // who promotes and goes back without a pause changes the answer between two looks half of the time
        for (var attempt = 1; ; attempt++)
        {
            var model = await ModelOfAsync(store, request, cancellationToken).ConfigureAwait(false);
            try
            {
                return await new SearchEngine(store, model, _opener.Clock) { OtherModels = _pipelines.ModelOfAsync }
                    .SearchAsync(query, request, cancellationToken).ConfigureAwait(false);
            }
            catch (TidemarkException e) when (
                e.Code == ErrorCodes.EmbeddingSpace && request.AsOf is null && _pipelines.DependsOnSpace && attempt < MostAttempts)
            {
                // Between the two looks at the namespace.
            }
        }
    }

    private async Task<EmbeddingModel> ModelOfAsync(ITidemarkStore store, SearchOptions request, CancellationToken cancellationToken) => request.Beside
        && (await store.Reader.NamespaceAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false))?.Beside is { } beside
        ? (await _pipelines.OpenFollowerAsync(beside, cancellationToken).ConfigureAwait(false)).Model
        : await _pipelines.ModelOfQuestionAsync(store, request.NamespaceName, cancellationToken).ConfigureAwait(false);

    /// <summary>The documents of the index, by id.</summary>
    /// <param name="prefix">Only documents whose id starts with it.</param>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="asOf">As the index was then; null: as it is.</param>
    /// <param name="after">Only those behind this id, in ordinal order; null: from the first on.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>; <c>run.missing</c>, <c>history.horizon</c>.</exception>
    public IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string prefix = "", string? @namespace = null, PointInTime? asOf = null, string? after = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return ReadAsync(NameOf(@namespace), asOf, view => view.DocumentsAsync(prefix, after, cancellationToken), cancellationToken);
    }

    /// <summary>What readers of the index get: its chunks, by document and ordinal.</summary>
    /// <param name="withVectors">Each with its vector; of the past there are none.</param>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="asOf">As the index was then; null: as it is. What has not changed since is cut as it is today.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>; <c>run.missing</c>, <c>history.horizon</c>.</exception>
    public IAsyncEnumerable<IndexedChunk> ChunksAsync(
        bool withVectors = false, string? @namespace = null, PointInTime? asOf = null, CancellationToken cancellationToken = default) =>
        ReadAsync(NameOf(@namespace), asOf, view => view.ChunksAsync(withVectors, cancellationToken), cancellationToken);

    /// <summary>Writes the same as JSON lines, as <c>tidemark export</c> prints them and <see cref="ImportAsync"/> takes them back.</summary>
    /// <param name="output">Gets UTF-8; it stays open.</param>
    /// <param name="withVectors">With vector, space and heading.</param>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends it inside of the file.</param>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public async Task ExportAsync(
        Stream output, bool withVectors = false, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        var name = NameOf(@namespace);
        var known = await NamespaceAsync(name, cancellationToken).ConfigureAwait(false);
        var space = withVectors ? known.Generation?.Pipeline.Space : null;
        await ChunkLineJson.WriteAllAsync(output, ChunksAsync(withVectors, name, asOf: null, cancellationToken), space, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>One document with its chunks.</summary>
    /// <param name="id">Of the document.</param>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="asOf">As it was then; null: as it is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TidemarkException">
    /// <c>namespace.missing</c>; <c>document.missing</c>, whose remedy names the nearest; <c>run.missing</c>, <c>history.horizon</c>.
    /// </exception>
    public Task<DocumentReport> DocumentAsync(
        string id, string? @namespace = null, PointInTime? asOf = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return LookForAsync(
            NameOf(@namespace),
            async (store, known) => await (await NamespaceView.OpenAsync(store, known, asOf, _opener.Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false))
                .DocumentAsync(id, cancellationToken).ConfigureAwait(false),
            cancellationToken);
    }

    /// <summary>The text of one document, in the version that searches find.</summary>
    /// <exception cref="TidemarkException">
    /// <c>namespace.missing</c>; <c>document.missing</c>, whose remedy names the nearest.
    /// </exception>
    public Task<DocumentText> TextAsync(string id, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return LookForAsync(
            NameOf(@namespace),
            async (store, known) =>
            {
                var view = await NamespaceView.OpenAsync(store, known, asOf: null, _opener.Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                var (document, chunks) = await view.DocumentAsync(id, cancellationToken).ConfigureAwait(false);
                var texts = await store.Reader.TextsAsync(known.Name, [id], cancellationToken).ConfigureAwait(false);
                return texts.TryGetValue(id, out var text)
                    ? new DocumentText(document, text, IsAssembled: false)
                    : new DocumentText(document, string.Join("\n\n", chunks.Select(chunk => chunk.Text)), IsAssembled: true);
            },
            cancellationToken);
    }

    /// <summary>The states of one document that are still kept, newest first, also of one that is gone.</summary>
    /// <exception cref="TidemarkException">
    /// <c>namespace.missing</c>; <c>document.missing</c>, whose remedy names the nearest.
    /// </exception>
    public Task<DocumentHistory> HistoryAsync(string id, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return LookForAsync(
            NameOf(@namespace), (store, known) => new PastEngine(store).HistoryAsync(known, id, _opener.Clock.GetUtcNow(), cancellationToken), cancellationToken);
    }

    /// <summary>What became of the documents between the ends of two runs.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>; <c>run.missing</c>, <c>history.horizon</c>.</exception>
    public Task<RunDifference> DifferenceAsync(
        long from, long to, string? @namespace = null, CancellationToken cancellationToken = default) => LookForAsync(
        NameOf(@namespace), (store, known) => new PastEngine(store).DifferenceAsync(known, from, to, cancellationToken), cancellationToken);

    /// <summary>Where the vectors of a document's chunks come from, and which input made them be embedded.</summary>
    /// <exception cref="TidemarkException">
    /// <c>namespace.missing</c>; <c>document.missing</c>, whose remedy names the nearest.
    /// </exception>
    public Task<WhyReport> WhyAsync(string id, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var name = NameOf(@namespace);
        return LookForAsync(
            name,
            async (store, known) =>
            {
                var document = await NamedThings.RequireDocumentAsync(store.Reader, name, id, cancellationToken).ConfigureAwait(false);
                var chunks = await store.Reader.OriginsAsync(name, id, cancellationToken).ConfigureAwait(false);
                return new WhyReport(document, name, known.Generation!.Pipeline, chunks);
            },
            cancellationToken);
    }

    /// <summary>The runs of a namespace with what they paid, newest first.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public Task<RunHistory> RunsAsync(
        int limit = 50, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var name = NameOf(@namespace);
        return LookForAsync(
            name,
            async (store, _) =>
            {
                var runs = await store.Reader.RunsAsync(name, limit, cancellationToken).ConfigureAwait(false);
                var paid = await store.Ledger.RunsAsync([.. runs.Select(run => run.Id)], cancellationToken).ConfigureAwait(false);
                return new RunHistory(runs, paid);
            },
            cancellationToken);
    }

    /// <summary>
    /// What the last months cost and why, all namespaces of the store together, newest first; before them what was paid while the clock was
    /// ahead of now.
    /// </summary>
    public Task<IReadOnlyList<LedgerEntry>> MonthsAsync(int count = 12, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var last = LedgerMonth.Of(_opener.Clock.GetUtcNow());
        var first = new LedgerMonth(Math.Max(0, last.Number - count + 1));
        return _opener.LookAsync(store => store.Ledger.MonthsAsync(first, LedgerMonth.Last, cancellationToken).AsTask(), cancellationToken);
    }

    /// <summary>How a namespace stands: size, freshness, cost, and what somebody should look at.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public Task<StatusReport> StatusAsync(StatusOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = (options ?? new StatusOptions()) with { Namespace = NameOf(options?.Namespace) };
        return _opener.LookAsync(
            store => new StatusEngine(store, _opener.Clock).StatusAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// What keeping the index in step costs in four ways, by its corpus and its churn. Reads all chunks and the whole history; no model
    /// is asked.
    /// </summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>; <c>usage</c>: no such days, price or share.</exception>
    public async Task<CostComparison> CostAsync(CostOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = (options ?? new CostOptions()) with { Namespace = NameOf(options?.Namespace) };
        request.Require();
        await _pipelines.PrepareAsync(cancellationToken).ConfigureAwait(false);
        return await LookForAsync(
            request.NamespaceName,
            async (store, known) =>
            {
                var pipeline = await _pipelines.OpenAsync(
                    store, known.Name, _ => false, brought: null, anew: false, cancellationToken).ConfigureAwait(false);
                return await new CostEngine(store, pipeline.Model, _opener.Clock).CompareAsync(known, request, cancellationToken)
                    .ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// What the next run would build a namespace with. No endpoint is asked: a model whose dimensions nobody knows has none.
    /// </summary>
    public async Task<SyncPipeline> PipelineAsync(string? @namespace = null, CancellationToken cancellationToken = default)
    {
        await _pipelines.PrepareAsync(cancellationToken).ConfigureAwait(false);
        return await _opener.LookAsync(
            store => _pipelines.OpenAsync(store, NameOf(@namespace), _ => false, brought: null, anew: false, cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One namespace: its size, and what it was built with.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>, whose remedy names the nearest.</exception>
    public Task<NamespaceSummary> NamespaceAsync(string? name = null, CancellationToken cancellationToken = default) =>
        LookForAsync(NameOf(name), (_, known) => Task.FromResult(known), cancellationToken);

    /// <summary>All namespaces of the store, by name.</summary>
    public Task<IReadOnlyList<NamespaceSummary>> NamespacesAsync(CancellationToken cancellationToken = default) =>
        _opener.LookAsync(store => store.Reader.NamespacesAsync(cancellationToken).AsTask(), cancellationToken);

    private Task<T> LookForAsync<T>(
        string @namespace, Func<ITidemarkStore, NamespaceSummary, Task<T>> look, CancellationToken cancellationToken) =>
        _opener.LookAsync(
            async store =>
            {
                var known = await NamedThings.RequireNamespaceAsync(store.Reader, @namespace, cancellationToken).ConfigureAwait(false);
                return await look(store, known).ConfigureAwait(false);
            },
            cancellationToken);

    private async IAsyncEnumerable<T> ReadAsync<T>(
        string @namespace,
        PointInTime? asOf,
        Func<NamespaceView, IAsyncEnumerable<T>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Of a namespace that is missing the empty store says so, so that what follows has a store that stays open.
        var known = await LookForAsync(@namespace, (_, known) => Task.FromResult(known), cancellationToken).ConfigureAwait(false);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var view = await NamespaceView.OpenAsync(store, known, asOf, _opener.Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        await foreach (var item in read(view).ConfigureAwait(false))
        {
            yield return item;
        }
    }
}
