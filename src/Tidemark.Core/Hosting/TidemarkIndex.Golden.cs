using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Judging;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Searching;
using Tidemark.Sources;
using Tidemark.Wire;

namespace Tidemark;

/// <content>Golden queries: questions with the documents that shall answer them, by which the quality of search is measured.</content>
public sealed partial class TidemarkIndex
{
    /// <summary>For so many unknown documents of a block the nearest one is looked for, among all that there are.</summary>
    private const int MostSuggestions = 3;

    /// <summary>Records golden queries. One that asks the same as one that is there takes its place.</summary>
    /// <param name="queries">Their times are set here.</param>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What became of them; expected documents that are not in the index are warnings.</returns>
    /// <exception cref="TidemarkException">
    /// <c>usage</c>: one cannot be asked or judged; <c>forget.remembered</c>: one expects what was forgotten; nothing was recorded. <c>namespace.missing</c>.
    /// </exception>
    public async Task<GoldenRecording> RecordGoldenAsync(
        IReadOnlyList<GoldenQuery> queries, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        foreach (var query in queries)
        {
            GoldenRules.Require(query);
        }

        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        await NamedThings.RequireNamespaceAsync(store.Reader, NameOf(@namespace), cancellationToken).ConfigureAwait(false);
        var forgotten = await Suppressions.ReadAsync(store.Safeguards, NameOf(@namespace), cancellationToken).ConfigureAwait(false);
        foreach (var query in queries)
        {
            RequireRemembered(query, forgotten);
        }

        return await RecordAsync(store, NameOf(@namespace), [.. queries.Select(query => (query.Query, query))], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Records golden queries of a file of JSON lines: <c>query</c>, and where they are known <c>expected</c>, <c>must</c>, <c>filter</c>. A line that is none is
    /// told, the rest is taken.
    /// </summary>
    /// <exception cref="TidemarkException"><c>source.missing</c>, <c>source.unreadable</c>, <c>namespace.missing</c>.</exception>
    public Task<GoldenRecording> ImportGoldenAsync(string path, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ImportGoldenAsync(LineStream.Of(path), @namespace, cancellationToken);
    }

    /// <summary>The same of a stream, which is read once.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public Task<GoldenRecording> ImportGoldenAsync(Stream lines, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return ImportGoldenAsync(LineStream.Of(lines), @namespace, cancellationToken);
    }

    private async Task<GoldenRecording> ImportGoldenAsync(LineStream lines, string? @namespace, CancellationToken cancellationToken)
    {
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        await NamedThings.RequireNamespaceAsync(store.Reader, NameOf(@namespace), cancellationToken).ConfigureAwait(false);
        var forgotten = await Suppressions.ReadAsync(store.Safeguards, NameOf(@namespace), cancellationToken).ConfigureAwait(false);
        var (counts, unlabelled, errors, warnings) = (default(GoldenPut), 0, new List<ItemFailure>(), new List<ItemWarning>());
        await foreach (var (queries, failures) in LineFile.ReadAsync(lines, GoldenLine.Parse, cancellationToken).ConfigureAwait(false))
        {
            errors.AddRange(failures);
            var taken = await RecordAsync(
                store, NameOf(@namespace), [.. queries.Where(query => IsRight(query, forgotten, errors))], cancellationToken).ConfigureAwait(false);
            counts += taken.Counts;
            unlabelled += taken.Unlabelled;
            warnings.AddRange(taken.Warnings);
        }

        return new GoldenRecording(counts, errors, warnings) { Unlabelled = unlabelled };
    }

    /// <summary>The golden queries of a namespace in the order in which they were recorded.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public Task<IReadOnlyList<GoldenQuery>> GoldenQueriesAsync(string? @namespace = null, CancellationToken cancellationToken = default) => LookForAsync(
        NameOf(@namespace), (store, known) => store.Golden.ListAsync(known.Name, cancellationToken).AsTask(), cancellationToken);

    /// <summary>Removes a golden query; what it got in runs that are kept stays there.</summary>
    /// <param name="query">Its text.</param>
    /// <param name="filter">Its conditions, as they were recorded; null: it has none.</param>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TidemarkException"><c>golden.missing</c>: there is none that asks this.</exception>
    public async Task RemoveGoldenAsync(
        string query, IReadOnlyList<string>? filter = null, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(query);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (await store.Golden.RemoveAsync(NameOf(@namespace), query, filter ?? [], cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var queries = await store.Golden.ListAsync(NameOf(@namespace), cancellationToken).ConfigureAwait(false);
        throw new TidemarkException(
            ErrorCodes.GoldenMissing,
            $"there is no golden query '{query}'{(filter is { Count: > 0 } ? $" with the filter '{string.Join("', '", filter)}'" : "")}",
            queries.Any(one => one.Query == query) ? "it has another filter: 'GoldenQueriesAsync()' shows which"
            : NearestName.Find(query, queries.Select(one => one.Query)) is { } nearest ? $"did you mean '{nearest}'?"
            : "'GoldenQueriesAsync()' lists those that there are");
    }

    /// <summary>Asks all golden queries of the generation that answers, and keeps what they got.</summary>
    /// <exception cref="TidemarkException"><c>golden.missing</c>: there are none; as <see cref="SearchAsync"/>.</exception>
    public async Task<GoldenReport> RunGoldenAsync(string? @namespace = null, CancellationToken cancellationToken = default)
    {
        var name = NameOf(@namespace);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        await NamedThings.RequireNamespaceAsync(store.Reader, name, cancellationToken).ConfigureAwait(false);
        var queries = await store.Golden.ListAsync(name, cancellationToken).ConfigureAwait(false);
        if (queries.Count == 0)
        {
            throw new TidemarkException(
                ErrorCodes.GoldenMissing,
                $"there are no golden queries in '{name}'",
                "record some: RecordGoldenAsync(QUERIES)");
        }

        var model = await _pipelines.ModelOfQuestionAsync(store, name, cancellationToken).ConfigureAwait(false);
        var searches = new GoldenSearches(new SearchEngine(store, model, _opener.Clock).SearchAsync, name);
        var run = await GoldenEngine.MeasureAsync(queries, searches.AskAsync, cancellationToken).ConfigureAwait(false);
        var before = await store.Golden.RunsAsync(name, 1, cancellationToken).ConfigureAwait(false);
        var kept = await store.Golden.KeepAsync(
            name, run with { Generation = searches.Generation ?? 0, At = _opener.Clock.GetUtcNow() }, cancellationToken).ConfigureAwait(false);
        return new GoldenReport(kept, GoldenChange.Of(kept, before is [var last, ..] ? last : null));
    }

    /// <summary>What golden queries got, newest run first.</summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public Task<IReadOnlyList<GoldenRun>> GoldenRunsAsync(
        int limit = 100, string? @namespace = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return LookForAsync(
            NameOf(@namespace), (store, known) => store.Golden.RunsAsync(known.Name, limit, cancellationToken).AsTask(), cancellationToken);
    }

    private static void RequireRemembered(GoldenQuery query, Suppressions forgotten)
    {
        if (query.Expected.Select(answer => forgotten.RefusalOf(answer.Document)).FirstOrDefault(refusal => refusal is not null) is { } refused)
        {
            throw refused;
        }
    }

    private static bool IsRight((string Label, GoldenQuery Query) line, Suppressions forgotten, List<ItemFailure> errors)
    {
        try
        {
            GoldenRules.Require(line.Query);
            RequireRemembered(line.Query, forgotten);
            return true;
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.ForgetRemembered)
        {
            errors.Add(new ItemFailure(line.Label, e.Code, e.Message, e.Remedy, HidesDocuments: false));
            return false;
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.Usage)
        {
            errors.Add(new ItemFailure(line.Label, ErrorCodes.SourceMalformed, $"'{line.Label}' cannot be taken: {e.Message}", e.Remedy, HidesDocuments: false));
            return false;
        }
    }

    private async Task<GoldenRecording> RecordAsync(
        ITidemarkStore store, string @namespace, IReadOnlyList<(string Label, GoldenQuery Query)> queries, CancellationToken cancellationToken)
    {
        var at = _opener.Clock.GetUtcNow();
        var counts = await store.Golden.PutAsync(@namespace, [.. queries.Select(one => one.Query with { Since = at })], cancellationToken).ConfigureAwait(false);
        var warnings = new List<ItemWarning>();
        var looked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (label, id) in queries.SelectMany(one => one.Query.Expected, (one, answer) => (one.Label, answer.Document)))
        {
            if (looked.Add(id)
                && await NamedThings.RemedyOfMissingAsync(store.Reader, @namespace, id, warnings.Count < MostSuggestions, cancellationToken)
                    .ConfigureAwait(false) is { } remedy)
            {
                warnings.Add(new ItemWarning(label, ErrorCodes.DocumentMissing, $"'{id}' is expected, but is not in the index", remedy));
            }
        }

        return new GoldenRecording(counts, [], warnings) { Unlabelled = queries.Count(one => !one.Query.IsLabelled) };
    }
}
