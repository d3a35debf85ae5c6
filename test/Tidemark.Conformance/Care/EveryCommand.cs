using System.Text.Json;
using Tidemark.Archiving;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Reporting;
using Tidemark.Searching;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Tidemark.Wire;

namespace Tidemark.Conformance.Care;

/// <summary>What every command does with a store, one after the other: what each of them says where it cannot do it.</summary>
internal sealed class EveryCommand(ITidemarkStore store, Func<IDocumentSource> source)
{
    private const string Namespace = "default";
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SyncBench _bench = new(store);

    /// <summary>Refusals in our own words, with what to do.</summary>
    public List<string> Refusals { get; } = [];

    /// <summary>Whatever else was thrown.</summary>
    public List<string> Defects { get; } = [];

    /// <summary>Commands that change nothing.</summary>
    public async Task LookAsync(bool withVerify = true)
    {
        await TryAsync("status", async () => Write(
            StatusReportJson.Write, await new StatusEngine(store, TimeProvider.System).StatusAsync(new StatusOptions { Namespace = Namespace }, None)));
        await TryAsync("runs", RunsAsync);
        await TryAsync("namespace list", async () => Write(NamespaceJson.Write, await store.Reader.NamespacesAsync(None)));
        await TryAsync("list", ListAsync);
        await TryAsync("golden list", async () => await store.Golden.ListAsync(Namespace, None));
        await TryAsync("golden history", async () => await store.Golden.RunsAsync(Namespace, 100, None));
        await TryAsync("serve", async () =>
        {
            await store.ServiceEntries.FindAsync("kind", "key", None);
            await store.ServiceEntries.ListAsync("kind", null, 10, None);
        });
        await TryAsync("why", async () => await store.Reader.OriginsAsync(Namespace, "d1", None));
        await TryAsync("export", ExportAsync);
        await TryAsync("queue", QueueAsync);
        foreach (var mode in Enum.GetValues<SearchMode>())
        {
            await TryAsync($"search {mode}", () => SearchAsync(mode, MetadataFilter.None));
        }

        await TryAsync("search --filter", () => SearchAsync(SearchMode.Hybrid, MetadataFilter.Parse(["n>=0"])));
        await TryAsync("plan", () => _bench.PlanAsync(source(), with => with with { Guard = DeletionGuard.Off }));
        if (withVerify)
        {
            await TryAsync("verify", () => VerifyAsync(repair: false));
        }

        await TryAsync("store copy", CopyAsync);
        await TryAsync("gc --dry-run", () => CollectAsync(dryRun: true));
    }

    /// <summary>Commands that change what they find.</summary>
    public async Task ChangeAsync()
    {
        await TryAsync("gc", () => CollectAsync(dryRun: false));
        await TryAsync("worker", async () => await store.Queue.ClaimAsync(Namespace, new ClaimRequest(10, TimeSpan.FromMinutes(1)), None));
        await TryAsync("enqueue", async () => await store.Queue.EnqueueAsync(
            Namespace, [new SourceChange("q", ScriptedSource.Upsert("waits", "another text"))], long.MaxValue, None));
        await TryAsync("sync", () => _bench.SyncAsync(source(), with => with with { Guard = DeletionGuard.Off }));
    }

    public async Task<VerifyReport?> RepairAsync()
    {
        VerifyReport? report = null;
        await TryAsync("verify --repair", async () => report = await VerifyAsync(repair: true));
        return report;
    }

    private Task<VerifyReport> VerifyAsync(bool repair) => new VerifyEngine(store, _bench.Pipeline, TimeProvider.System).VerifyAsync(
        new VerifyOptions { Repair = repair, Sources = [source()], Guard = DeletionGuard.Off }, None);

    private async Task RunsAsync()
    {
        var runs = await store.Reader.RunsAsync(Namespace, 50, None);
        var paid = await store.Ledger.RunsAsync([.. runs.Select(run => run.Id)], None);
        Write((json, known) => RunJson.Write(json, known, paid), runs);
        Write(LedgerJson.Write, await store.Ledger.MonthsAsync(new LedgerMonth(0), LedgerMonth.Of(DateTimeOffset.UtcNow), None));
    }

    private async Task ListAsync()
    {
        await foreach (var document in store.Reader.DocumentsAsync(Namespace, "", None))
        {
            Write(DocumentJson.Write, document);
        }
    }

    private async Task ExportAsync()
    {
        await foreach (var chunk in store.Reader.ChunksAsync(Namespace, null, withVectors: true, None))
        {
            Write((json, line) => ChunkLineJson.Write(json, line, null), chunk);
        }
    }

    private async Task QueueAsync()
    {
        var counts = await store.QueuedChanges.CountAsync(Namespace, None);
        var changes = await store.QueuedChanges.ListAsync(Namespace, null, 10, None);
        Write((json, known) => QueueJson.WriteStatus(json, Namespace, counts, known, DateTimeOffset.UtcNow), changes);
    }

    private async Task SearchAsync(SearchMode mode, MetadataFilter filter) => Write(
        SearchResultJson.Write,
        await new SearchEngine(store, _bench.Pipeline.Model, TimeProvider.System).SearchAsync(
            "text former", new SearchOptions { Mode = mode, Limit = 20, Filter = filter }, None));

    private async Task CopyAsync()
    {
        var digest = new ArchiveDigest();
        await foreach (var page in store.Archive.ReadAsync(None))
        {
            digest.Add(page);
        }
    }

    private Task CollectAsync(bool dryRun) => store.Maintenance.CollectAsync(
        DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(-1), TimeSpan.Zero, dryRun, None).AsTask();

    private async Task TryAsync(string name, Func<Task> command)
    {
        try
        {
            await command();
        }
        catch (TidemarkException e) when (e.Code != ErrorCodes.Internal && e.Remedy.Length > 0)
        {
            Refusals.Add($"{name}: {e.Code} {e.Message} [{e.Remedy}]");
        }
        catch (Exception e)
        {
            var where = e.StackTrace?.Split('\n').Where(line => line.Contains("Tidemark.", StringComparison.Ordinal)).Take(3) ?? [];
            Defects.Add($"{name}: {e.GetType().Name} {e.Message} {string.Join(" <", where.Select(line => line.Trim().Split(" in ")[0]))}");
        }
    }

    private static void Write<T>(Action<Utf8JsonWriter, T> write, T result)
    {
        using var json = new Utf8JsonWriter(Stream.Null);
        write(json, result);
    }
}
