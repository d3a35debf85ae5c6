using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Syncing;
using Tidemark.Verifying;

namespace Tidemark.Conformance.Care;

/// <summary>
/// Every table and column of records that a store has is damaged in every simple way: <c>verify</c> says it, and the repair brings
/// everything back with stored vectors; or it stands in <see cref="HarmlessDamage"/> with the reason why nothing need be said.
/// </summary>
[NotForTheModel]
public abstract class EveryRecordConformance
{
    private ServedAnswers? _served;

    /// <summary>Opens a store anew; the first time it is made.</summary>
    protected abstract ValueTask<ITidemarkStore> OpenAsync();

    /// <summary>What the store is now is what <see cref="RestoreAsync"/> brings back.</summary>
    protected abstract Task KeepAsync();

    /// <summary>Past the store, while nobody has it open.</summary>
    protected abstract Task RestoreAsync();

    protected abstract Task<IReadOnlyList<RecordColumn>> ColumnsAsync(string table);

    protected abstract Task<bool> IsEmptyAsync(string table);

    /// <returns>False: the database itself does not allow it, or nothing is changed by it.</returns>
    protected abstract Task<bool> TryDamageAsync(string sql);

    /// <summary>Whether a damage takes so little that every value is tried in one row and in all.</summary>
    protected virtual bool IsFast => true;

    /// <summary>A condition that one row of a table meets, where the row of a document does not say which.</summary>
    protected abstract string AnyOneOf(string table);

    protected async Task CheckAsync(string table)
    {
        var before = await MakeAsync();
        await KeepAsync();
        var faults = new List<string>();
        foreach (var damage in await DamagesToAsync(table))
        {
            await RestoreAsync();
            if (await TryDamageAsync(damage.Sql) && await FaultAsync(damage, before) is { } fault)
            {
                faults.Add($"{damage.Sql}: {fault}");
            }
        }

        string.Join('\n', faults).ShouldBeEmpty();
    }

    /// <summary>
    /// Every column of a table is given values that no store ever writes: no command ends in a defect, and after the repair each of them
    /// does what it should.
    /// </summary>
    protected async Task CheckExtremesAsync(string table)
    {
        var before = await MakeAsync();
        await FillAsync();
        await KeepAsync();
        if (await IsEmptyAsync(table))
        {
            return;
        }

        var faults = new List<string>();
        var one = OneOf(table);
        foreach (var column in await ExtremesAsync(table))
        {
            foreach (var (value, which) in column.Values.Select(value => (value, one))
                .Concat(IsFast ? column.Values.Take(1).Select(value => (value, "true")) : []))
            {
                var sql = $"update {table} set {column.Name} = {value} where {which} and {column.Name} is distinct from {value}";
                await RestoreAsync();
                if (await TryDamageAsync(sql))
                {
                    faults.AddRange((await ExtremeAsync(before)).Select(fault => $"{sql}: {fault}"));
                }
            }
        }

        string.Join('\n', faults).ShouldBeEmpty();
    }

    /// <summary>The columns of a table with values beyond all that is ever stored.</summary>
    protected abstract Task<IReadOnlyList<RecordColumn>> ExtremesAsync(string table);

    private async Task<List<string>> ExtremeAsync(string before)
    {
        var faults = new List<string>();
        await using (var store = await OpenAsync())
        {
            var damaged = new EveryCommand(store, Source);
            await damaged.LookAsync(withVerify: IsFast);
            faults.AddRange(damaged.Defects);
            var mending = new EveryCommand(store, Source);
            if (await mending.RepairAsync() is not { } report)
            {
                faults.Add($"is not repaired: {string.Join("; ", mending.Refusals)}");
            }
            else if (!report.InSync)
            {
                faults.Add($"is not repaired: {string.Join("; ", report.Errors.Select(error => error.Message))}");
            }

            faults.AddRange(mending.Defects);
        }

        await using var mended = await OpenAsync();
        var commands = new EveryCommand(mended, Source);
        if (IsFast)
        {
            await commands.LookAsync();
        }

        await commands.ChangeAsync();
        faults.AddRange(commands.Defects.Concat(commands.Refusals).Select(fault => $"after the repair: {fault}"));
        return commands.Refusals.Count > 0 || await LookAsync(mended) == before ? faults : [.. faults, "other answers after the repair"];
    }

    /// <summary>What waits, failed and was refused.</summary>
    private async Task FillAsync()
    {
        await using var store = await OpenAsync();
        await store.Queue.EnqueueAsync(
            "default",
            [new SourceChange("q", ScriptedSource.Upsert("waits", "a text that waits")), new SourceChange("q", ScriptedSource.Upsert("fails", "a text that fails"))],
            long.MaxValue,
            CancellationToken.None);
        await store.Quarantine.PutAsync(
            [new QuarantinedInput { Namespace = "default", Document = "refused", Space = "counting:32", Input = ContentHash.Of("refused"), Code = "embedding.refused", Message = "refused", Since = DateTimeOffset.UtcNow }],
            CancellationToken.None);
    }

    private async Task<string?> FaultAsync(RecordDamaging damage, string before)
    {
        try
        {
            return await RepairAsync(damage, before) ?? await RemnantAsync(before);
        }
        catch (TidemarkException e)
        {
            return $"{e.Code} {e.Message}\n{string.Join('\n', e.StackTrace!.Split('\n').Where(line => line.Contains("Tidemark.", StringComparison.Ordinal)).Take(6))}";
        }
    }

    private async Task<string?> RepairAsync(RecordDamaging damage, string before)
    {
        await using var store = await OpenAsync();
        var look = await FindAsync(store);
        if (look is { InSync: true })
        {
            return HarmlessDamage.ReasonOf(damage) is not { } reason ? "is not noticed"
                : await LookAsync(store) != before ? "changes answers, though it is listed as harmless: " + reason : null;
        }

        if (damage.IsUnderSeal && (await ServedAnswers.OfAsync(store)).DifferenceFrom(_served!) is { } question)
        {
            return $"'{question}' gives what is damaged for an answer";
        }

        // The remedy is followed as it was given: where none asks for the sources, none is needed.
        var needsSources = look is null || look.Errors.Any(error => error.Remedy!.Contains("SOURCE", StringComparison.Ordinal));
        if (look is not null && needsSources != look.NeedsSources)
        {
            return "what is told of its errors and of all is not the same";
        }

        var (report, asked) = await VerifyAsync(store, repair: true, needsSources ? [Source()] : []);
        return !report.InSync ? $"is not repaired: {string.Join("; ", report.Errors.Select(error => error.Message))} {report.Source} missing {report.Missing} orphaned {report.Orphaned} stale {report.Stale}"
            : asked > (damage.Table == "embedding" ? 100 : 0) ? $"{asked} texts were embedded" : null;
    }

    /// <summary>What shows only when the store is opened again.</summary>
    private async Task<string?> RemnantAsync(string before)
    {
        await using var store = await OpenAsync();
        return await LookAsync(store) != before ? "other answers after the repair"
            : await IsInStepAsync(store) ? null : "is not in step after the repair";
    }

    private async Task<IReadOnlyList<RecordDamaging>> DamagesToAsync(string table)
    {
        if (await IsEmptyAsync(table))
        {
            return [RecordDamaging.Drop(table)];
        }

        var one = OneOf(table);
        var columns = await ColumnsAsync(table);
        return [.. RecordDamaging.Of(table, one), .. columns.SelectMany(column => RecordDamaging.Of(table, column, one, IsFast))];
    }

    private string OneOf(string table) => table switch
    {
        "commit_log" => "sequence = (select min(sequence) from commit_log)",
        "layout" => "document = (select min(document) from layout)",
        "catalog" => "(kind, id) = (select kind, id from catalog order by kind desc, id limit 1)",
        "ledger" => "run = (select min(run) from ledger)",
        "freshness" => "lag = (select min(lag) from freshness)",
        "document" => "id = 'd1'",
        "chunk" => "key = (select max(key) from chunk where to_sequence is null)",
        _ => AnyOneOf(table),
    };

    private static ScriptedSource Source() => new(
        "s",
        [
            .. Enumerable.Range(0, 12).Select(i => ScriptedSource.Upsert(
                $"d{i}", $"text {i} a\n\ntext {i} b", $$"""{"n":{{i}}}""", i < 3 ? "shared" : null, i == 5 ? 7 : null)),
            ScriptedSource.Upsert("padded", "  one  \n\n\n\n  two  \n"),
            ScriptedSource.Upsert("empty", ""),
        ]);

    /// <summary>A store with a past: documents that were edited, removed and deleted.</summary>
    private async Task<string> MakeAsync()
    {
        await using var store = await OpenAsync();
        var bench = new SyncBench(store);
        await bench.SyncAsync(new ScriptedSource("s", [
            ScriptedSource.Upsert("d1", "a former text"), ScriptedSource.Upsert("gone", "of a removed one"), ScriptedSource.Upsert("dead", "of a deleted one")]));
        await bench.SyncAsync(new ScriptedSource("s", [ScriptedSource.Delete("dead")]), r => r with { Cleanup = CleanupMode.None });
        await bench.SyncAsync(Source(), r => r with { Guard = DeletionGuard.Off });
        var hold = new Safeguard(SafeguardKind.Hold, SafeguardScope.Document, "gone", "kept for a reason", DateTimeOffset.UnixEpoch);
        await store.Safeguards.AddAsync("default", hold, CancellationToken.None);
        await store.Safeguards.AddAsync("default", hold with { Scope = SafeguardScope.SourceId, Name = "d1" }, CancellationToken.None);
        await store.Safeguards.KeepSecretAsync(new StoreSecret("a salt", "a key"), CancellationToken.None);
        var golden = new GoldenQuery { Query = "text 7", Expected = [new GoldenAnswer("d7", 2)], Must = true, Filter = ["n=7"] };
        await store.Golden.PutAsync("default", [golden, golden with { Query = "text" }], CancellationToken.None);
        await store.Golden.KeepAsync(
            "default",
            new GoldenRun { Generation = 1, At = DateTimeOffset.UnixEpoch, Metric = "ndcg@10", Queries = 1, Labelled = 1, Results = [new(golden, 1, ["d7"])] },
            CancellationToken.None);
        await store.ServiceEntries.PutAsync(
            new ServiceEntry("kind", "key", "{}", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1)), CancellationToken.None);
        _served = await ServedAnswers.OfAsync(store);
        return await LookAsync(store);
    }

    private static async Task<bool> IsInStepAsync(ITidemarkStore store) => await FindAsync(store) is { InSync: true };

    /// <returns>Null: it is too damaged to be looked at.</returns>
    private static async Task<VerifyReport?> FindAsync(ITidemarkStore store)
    {
        try
        {
            return (await VerifyAsync(store, repair: false)).Report;
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
        {
            return null;
        }
    }

    private static async Task<(VerifyReport Report, int Asked)> VerifyAsync(ITidemarkStore store, bool repair, params IDocumentSource[] sources)
    {
        var bench = new SyncBench(store);
        var report = await new VerifyEngine(store, bench.Pipeline, TimeProvider.System).VerifyAsync(
            new VerifyOptions { Repair = repair, Sources = sources, Guard = DeletionGuard.Off }, CancellationToken.None);
        return (report, bench.Generator.Asked.Count);
    }

    /// <summary>What an export has, the answers to a few questions, what is held, golden queries, and the secret of what was forgotten.</summary>
    private static async Task<string> LookAsync(ITidemarkStore store)
    {
        var bench = new SyncBench(store);
        var answers = await bench.ExportAsync();
        foreach (var (query, mode) in new[] { ("text 7", SearchMode.Hybrid), ("two", SearchMode.Keyword), ("text b", SearchMode.Vector) })
        {
            var found = await new SearchEngine(store, bench.Pipeline.Model, TimeProvider.System).SearchAsync(
                query, new SearchOptions { Mode = mode, Limit = 5 }, CancellationToken.None);
            answers += string.Join('\n', found.Hits.Select(hit => $"{hit.Chunk.Document} {hit.Chunk.Ordinal} {hit.Score:F6} {hit.Chunk.Text}"));
        }

        var holds = await store.Safeguards.ListAsync("default", SafeguardKind.Hold, CancellationToken.None);
        foreach (var query in await store.Golden.ListAsync("default", CancellationToken.None))
        {
            answers += $"{query.Query} {GoldenText.OfFilter(query.Filter)} {GoldenText.OfExpected(query.Expected)} {query.Must} {query.Since:O}\n";
        }

        return answers + string.Join('\n', holds) + (await store.Safeguards.FindSecretAsync(CancellationToken.None))?.Salt;
    }
}
