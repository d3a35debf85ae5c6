using System.Text.Json.Nodes;
using Npgsql;
using Shouldly;
using SQLitePCL;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A copy that is killed again and again goes on where it ended: no row that was noted is written a second time.</summary>
public sealed class ResumedCopyTests : IDisposable
{
    private const int Documents = 45_000;
    private const int Kills = 6;
    private const string Copy = "sqlite:moved/copy.db";

    private readonly Workspace _work = new();

    public ResumedCopyTests() => _work.WriteLines(
        "lines.jsonl",
        Enumerable.Range(0, Documents).Select(i => new JsonObject { ["id"] = $"d{i:00000}", ["text"] = $"what stands in line {i}" }.ToJsonString()));

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task From_a_file_to_a_server()
    {
        await using var server = new ServerWorkspace();
        await _work.SyncAsync("lines.jsonl", "--embedder", "hashing:16", "--chunker", "none");

        await CheckAsync(
            $"sqlite:{Workspace.Database}",
            server.Url,
            () => NotedAsync(server));
    }

    [Fact]
    public async Task From_a_server_to_a_file()
    {
        await using var server = new ServerWorkspace();
        await _work.SyncAsync("lines.jsonl", "--embedder", "hashing:16", "--chunker", "none", "--store", server.Url);

        await CheckAsync(server.Url, Copy, () => Task.FromResult(Noted(_work.PathOf("moved/copy.db"))));
    }

    /// <param name="noted">How many rows the target says that it has.</param>
    private async Task CheckAsync(string from, string to, Func<Task<long>> noted)
    {
        var (before, killed) = (0L, 0);
        while (killed < Kills)
        {
            using var process = _work.Start("store", "copy", "--from", from, "--to", to, "--json");
            while (!process.HasExited && await noted() <= before)
            {
                await Task.Delay(5, CancellationToken.None);
            }

            if (process.HasExited)
            {
                break;
            }

            process.Kill();
            killed++;
            var left = await noted();
            left.ShouldBeGreaterThan(before, "what was noted before the kill is there after it");
            before = left;
            (await _work.RunAsync("search", "line", "--store", to, "--json")).ShouldFail(7, "store.unfinished");
            (await _work.RunAsync("sync", "lines.jsonl", "--store", to, "--json")).ShouldFail(7, "store.unfinished");
        }

        killed.ShouldBe(Kills, "the copy is long enough to be killed so often");
        var report = (await _work.RunAsync("store", "copy", "--from", from, "--to", to, "--json")).ShouldExit(0).Json;

        ((long)report["rows"]! - (long)report["rowsWritten"]!).ShouldBe(before, "rows that were written before and were not written again");
        ((long)report["documents"]!).ShouldBe(Documents);
        (await _work.ExportAsync("--store", to)).ShouldBe(await _work.ExportAsync("--store", from));
        (await _work.RunAsync("verify", "--store", to, "--json")).ShouldExit(0);
        (await _work.SyncAsync("lines.jsonl", "--store", to)).ShouldBeNoOp();
    }

    private static async Task<long> NotedAsync(ServerWorkspace server)
    {
        try
        {
            return await server.ScalarAsync<long>($"select coalesce(sum(rows), 0)::bigint from {server.Schema}.unfinished_copy_part");
        }
        catch (PostgresException)
        {
            return 0; // not begun yet, or finished
        }
    }

    private static long Noted(string path)
    {
        Batteries_V2.Init();
        if (!File.Exists(path) || raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READONLY, null) != raw.SQLITE_OK)
        {
            return 0;
        }

        using (database)
        {
            if (raw.sqlite3_prepare_v2(database, "SELECT coalesce(sum(rows), 0) FROM copy_part", out var statement) != raw.SQLITE_OK)
            {
                return 0;
            }

            using (statement)
            {
                return raw.sqlite3_step(statement) == raw.SQLITE_ROW ? raw.sqlite3_column_int64(statement, 0) : 0;
            }
        }
    }
}
