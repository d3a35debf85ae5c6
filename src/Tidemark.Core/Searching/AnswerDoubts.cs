using Tidemark.Diagnostics;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Searching;

/// <summary>
/// Why an answer may not be what somebody expects: "nothing found" is said of an index only that has what was asked for, by words
/// that it knows.
/// </summary>
internal sealed class AnswerDoubts(ITidemarkStore store, SearchOptions request)
{
    private const int DocumentsShown = 200;

    /// <summary>Of an index that holds nothing.</summary>
    public async Task<IReadOnlyList<ItemWarning>> OfEmptyIndexAsync(NamespaceSummary known, CancellationToken cancellationToken)
    {
        var what = known.Documents > 0
            ? $"{Numbered.Of(known.Documents, "document has", "documents have")} no text in '{known.Name}': there is nothing to find"
            : $"the index of '{known.Name}' has no documents";
        if (await OfQueueAsync(cancellationToken).ConfigureAwait(false) is { } waiting)
        {
            return [waiting with { Message = $"{what}: {waiting.Message}" }];
        }

        var run = await LastRunAsync(cancellationToken).ConfigureAwait(false);
        return [Empty(what + Ended(run, known.Documents == 0), run)];
    }

    /// <summary>Of the filter, and of an answer without hits: of the last run.</summary>
    public async Task<IReadOnlyList<ItemWarning>> OfAnswerAsync(IAskedIndex index, bool isEmpty, CancellationToken cancellationToken)
    {
        var filter = request.Filter;
        var doubts = new List<ItemWarning>();
        var doubtful = filter.Conditions.Where(c => c.Test == MetadataTest.NoneOf || (isEmpty && !c.TakesAbsent)).Select(c => c.Key);
        foreach (var key in doubtful.Distinct(StringComparer.Ordinal))
        {
            var present = new MetadataFilter([new MetadataCondition(key, []) { Test = MetadataTest.Present }]);
            if (!await index.AnyAsync(present, cancellationToken).ConfigureAwait(false))
            {
                doubts.Add(await UnknownKeyAsync(index, key, cancellationToken).ConfigureAwait(false));
            }
        }

        if (!isEmpty)
        {
            return doubts;
        }

        if (filter.Source is { } source
            && !await index.AnyAsync(MetadataFilter.None with { Source = source }, cancellationToken).ConfigureAwait(false))
        {
            doubts.Add(await UnknownSourceAsync(source, cancellationToken).ConfigureAwait(false));
        }

        if (filter.Path is { } path
            && !await index.AnyAsync(MetadataFilter.None with { Path = path }, cancellationToken).ConfigureAwait(false))
        {
            doubts.Add(UnknownPath(path));
        }

        if (request.AsOf is { } moment)
        {
            return doubts.Count > 0 || await index.DocumentsAsync(cancellationToken).AnyAsync(cancellationToken).ConfigureAwait(false)
                ? doubts
                :
                [
                    new ItemWarning(
                        "index",
                        ErrorCodes.SearchEmpty,
                        $"the index of '{request.NamespaceName}' had no documents as of {moment}",
                        "'RunsAsync()' says when it got some"),
                ];
        }

        if (await OfQueueAsync(cancellationToken).ConfigureAwait(false) is { } waiting)
        {
            doubts.Add(waiting);
        }

        var run = await LastRunAsync(cancellationToken).ConfigureAwait(false);
        if (doubts.Count == 0 && run is { Outcome: not (null or RunOutcome.Succeeded) } && !IsOfOne(run))
        {
            doubts.Add(Empty($"the index of '{request.NamespaceName}' may lack documents{Ended(run, isEmpty: false)}", run));
        }

        return doubts;
    }

    /// <returns>Null: nothing waits for a worker.</returns>
    private async Task<ItemWarning?> OfQueueAsync(CancellationToken cancellationToken)
    {
        var queue = await store.QueuedChanges.CountAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false);
        var waiting = queue.Pending + queue.Leased;
        return waiting == 0 ? null : new ItemWarning(
            "queue",
            ErrorCodes.SearchEmpty,
            $"{Numbered.Of(waiting, "change waits", "changes wait")} in the queue, and nothing of them is found before a worker carries them out",
            "run 'RunWorkerAsync(UntilEmpty)', or see to the worker that should be running");
    }

    private async Task<RunRecord?> LastRunAsync(CancellationToken cancellationToken) =>
        await store.Reader.RunsAsync(request.NamespaceName, 1, cancellationToken).ConfigureAwait(false) is [var last, ..] ? last : null;

    /// <summary>Whoever wrote one document has heard what became of it.</summary>
    private static bool IsOfOne(RunRecord run) => run.Command is SyncOptions.PutCommand or SyncOptions.DeleteCommand;

    private static ItemWarning Empty(string message, RunRecord? run) => new(
        "index",
        ErrorCodes.SearchEmpty,
        message,
        run is { Outcome: RunOutcome.Partial } ? "'RunsAsync()' says what failed; mend that, sync again, then search"
        : run is { Outcome: not RunOutcome.Succeeded } ? "'RunsAsync()' says what became of it; sync again, then search"
        : "sync the source that has the documents, then search: SyncAsync(SOURCE)");

    private static string Ended(RunRecord? run, bool isEmpty) => run switch
    {
        null => ": nothing was ever synced into it",
        { Outcome: null } => $": run {run.Id} has not ended",
        { Outcome: RunOutcome.Succeeded } => isEmpty ? $": run {run.Id}, the last one, found none" : "",
        _ => $": run {run.Id}, the last one, ended as '{RunOutcomeName.Of(run.Outcome.Value)}'",
    };

    private static async Task<ItemWarning> UnknownKeyAsync(IAskedIndex index, string key, CancellationToken cancellationToken)
    {
        var known = await UnknownKey.KnownAsync(index.DocumentsAsync(cancellationToken).Take(DocumentsShown), cancellationToken).ConfigureAwait(false);
        return UnknownKey.Warning(key, known, "search without SearchOptions.Filter: the documents have no metadata");
    }

    private async Task<ItemWarning> UnknownSourceAsync(string source, CancellationToken cancellationToken)
    {
        var sources = await store.Reader.SourcesAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false);
        var known = new SortedSet<string>(sources, StringComparer.Ordinal);
        return new ItemWarning(
            source, ErrorCodes.SearchFilter, $"no document comes from a source '{source}'", $"there are {UnknownKey.Names(known)}");
    }

    private static ItemWarning UnknownPath(string path) => new(
        path,
        ErrorCodes.SearchFilter,
        DocumentPath.Of(path).Whole is null
            ? $"no document has an id that begins with '{path}'"
            : $"there is no document '{path}', nor one below it",
        path.EndsWith('*')
            ? "'DocumentsAsync()' prints the ids"
            : $"'DocumentsAsync()' prints the ids; MetadataFilter.Path(\"{path}*\") takes every id that begins so");
}
