using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Searching;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Schema;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Xunit;

namespace Tidemark.Sqlite.Tests.Care;

/// <summary>
/// Every table and column of records that the schema has is damaged in every simple way: <c>verify</c> says it, and the repair brings
/// everything back with stored vectors; or it stands in <see cref="HarmlessDamage"/> with the reason why nothing need be said.
/// </summary>
public sealed class EveryRecordTests : IDisposable
{
    private readonly TemporaryStore _file = new();

    public static TheoryData<string> Tables()
    {
        using var connection = SqliteConnection.Open("every-record", SqliteOpenMode.Memory, TimeSpan.Zero);
        SchemaMigrations.Create(connection);
        var names = new TheoryData<string>();
        using var rows = connection.Statement(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'keyword_*' AND name NOT GLOB 'vector_*'");
        while (rows.Step())
        {
            names.Add(rows.GetText(0));
        }

        return names;
    }

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Whatever_is_damaged_is_said_and_comes_back_or_harms_nothing(string table)
    {
        var sound = await MakeAsync();
        var before = await LookAsync(sound);
        var faults = new List<string>();
        foreach (var damage in DamagesTo(sound, table))
        {
            var path = Path.Combine(_file.Folder, "damaged.db");
            File.Copy(sound, path, overwrite: true);
            if (!TryDamage(path, damage.Sql))
            {
                continue;
            }

            if (await FaultAsync(path, damage, before) is { } fault)
            {
                faults.Add($"{damage.Sql}: {fault}");
            }
        }

        string.Join('\n', faults).ShouldBeEmpty();
    }

    private static async Task<string?> FaultAsync(string path, RecordDamaging damage, string before)
    {
        try
        {
            var noticed = !await IsInStepAsync(path);
            if (!noticed)
            {
                return HarmlessDamage.ReasonOf(damage) is not { } reason ? "is not noticed"
                    : await LookAsync(path) != before ? "changes answers, though it is listed as harmless: " + reason : null;
            }

            var (report, asked) = await RepairAsync(path);
            return !report.InSync ? $"is not repaired: {string.Join("; ", report.Errors.Select(error => error.Message))} {report.Source} missing {report.Missing} orphaned {report.Orphaned} stale {report.Stale}"
                : asked > (damage.Table == "embedding" ? 100 : 0) ? $"{asked} texts were embedded"
                : await LookAsync(path) != before ? "other answers after the repair"
                : await IsInStepAsync(path) ? null : "is not in step after the repair";
        }
        catch (Exception e)
        {
            return (e as TidemarkException)?.Code + " " + (e is TidemarkException ? e.Message + string.Join("\n", e.StackTrace!.Split('\n').Where(line => line.Contains("Tidemark.")).Take(6)) : e.ToString());
        }
    }

    private static IEnumerable<RecordDamaging> DamagesTo(string path, string table)
    {
        using var connection = SqliteConnection.Open(path, SqliteOpenMode.Read, TimeSpan.Zero);
        if (connection.Scalar($"SELECT count(*) FROM {table}") == 0)
        {
            return [new RecordDamaging(table, RecordDamaging.Dropped, $"DROP TABLE {table}")];
        }

        var columns = new List<RecordDamaging>();
        using var rows = connection.Statement($"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')");
        while (rows.Step())
        {
            columns.AddRange(RecordDamaging.Of(table, rows.GetText(0), rows.GetText(1), rows.GetInt64(2) == 0 && rows.GetInt64(3) == 0));
        }

        return [.. RecordDamaging.Of(table), .. columns];
    }

    /// <returns>False: the database itself does not allow it, or nothing is changed by it.</returns>
    private static bool TryDamage(string path, string sql)
    {
        using var connection = SqliteConnection.Open(path, SqliteOpenMode.Write, TimeSpan.FromSeconds(1));
        try
        {
            using var statement = connection.Statement(sql);
            statement.Run();
            return sql.StartsWith("DROP", StringComparison.Ordinal) || connection.Changes > 0;
        }
        catch (TidemarkException e) when (e.Message.Contains("claim one place", StringComparison.Ordinal))
        {
            return false;
        }
    }

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
        await using (var store = await _file.OpenAsync())
        {
            var bench = new SyncBench(store);
            await bench.SyncAsync(new ScriptedSource("s", [
                ScriptedSource.Upsert("d1", "a former text"), ScriptedSource.Upsert("gone", "of a removed one"), ScriptedSource.Upsert("dead", "of a deleted one")]));
            await bench.SyncAsync(new ScriptedSource("s", [ScriptedSource.Delete("dead")]), r => r with { Cleanup = CleanupMode.None });
            await bench.SyncAsync(Source(), r => r with { Guard = DeletionGuard.Off });
        }

        return _file.Path;
    }

    private static async Task<bool> IsInStepAsync(string path)
    {
        try
        {
            return (await VerifyAsync(path, repair: false)).Report.InSync;
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
        {
            return false;
        }
    }

    private static Task<(VerifyReport Report, int Asked)> RepairAsync(string path) => VerifyAsync(path, repair: true, Source());

    private static async Task<(VerifyReport Report, int Asked)> VerifyAsync(string path, bool repair, params IDocumentSource[] sources)
    {
        await using var store = await SqliteStore.OpenAsync(path, new SqliteStoreOptions(), TimeProvider.System, CancellationToken.None);
        var bench = new SyncBench(store);
        var report = await new VerifyEngine(store, bench.Pipeline, TimeProvider.System).VerifyAsync(
            new VerifyOptions { Repair = repair, Sources = sources, Guard = DeletionGuard.Off }, CancellationToken.None);
        return (report, bench.Generator.Asked.Count);
    }

    /// <summary>What an export has, and the answers to a few questions.</summary>
    private static async Task<string> LookAsync(string path)
    {
        await using var store = await SqliteStore.OpenAsync(path, new SqliteStoreOptions(), TimeProvider.System, CancellationToken.None);
        var bench = new SyncBench(store);
        var answers = await bench.ExportAsync();
        foreach (var (query, mode) in new[] { ("text 7", SearchMode.Hybrid), ("two", SearchMode.Keyword), ("text b", SearchMode.Vector) })
        {
            var found = await new SearchEngine(store, bench.Pipeline.Model, TimeProvider.System).SearchAsync(
                query, new SearchOptions { Mode = mode, Limit = 5 }, CancellationToken.None);
            answers += string.Join('\n', found.Hits.Select(hit => $"{hit.Chunk.Document} {hit.Chunk.Ordinal} {hit.Score:F6} {hit.Chunk.Text}"));
        }

        return answers;
    }
}
