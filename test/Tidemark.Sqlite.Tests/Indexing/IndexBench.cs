using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;
using Tidemark.Syncing;

namespace Tidemark.Sqlite.Tests.Indexing;

/// <summary>A store with its own file, a pipeline around it, and a way behind its back.</summary>
internal sealed class IndexBench : IAsyncDisposable
{
    private readonly TemporaryStore _file = new();
    private SyncBench _bench = null!;

    public SyncBench Sync => _bench;

    public string Path => _file.Path;

    public IVectorIndex Index => _bench.Store.Index;

    /// <summary>The generation that a first sync makes.</summary>
    public static string Table(string name) => $"{name}_1";

    public static async Task<IndexBench> OpenAsync()
    {
        var bench = new IndexBench();
        bench._bench = new SyncBench(await bench._file.OpenAsync());
        return bench;
    }

    public static async Task<IndexBench> OpenAsync(int documents)
    {
        var bench = await OpenAsync();
        await bench.ListAsync(Enumerable.Range(0, documents));
        return bench;
    }

    /// <summary>Exactly these documents are there afterwards.</summary>
    public Task<SyncReport> ListAsync(IEnumerable<int> documents, string suffix = "") => _bench.SyncAsync(
        new ScriptedSource("s", [.. documents.Select(i => Upsert(i, suffix))]) { PageSize = 100 },
        r => r with { Guard = DeletionGuard.Off, BatchSize = 100 });

    public async Task ReopenAsync()
    {
        await _bench.Store.DisposeAsync();
        _bench = new SyncBench(await _file.OpenAsync());
    }

    /// <summary>What another program might do to the file.</summary>
    public void Damage(string sql)
    {
        using var other = SqliteConnection.Open(_file.Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(5));
        other.Execute(sql);
    }

    public long Scalar(string sql)
    {
        using var other = SqliteConnection.Open(_file.Path, SqliteOpenMode.Read, TimeSpan.FromSeconds(5));
        return other.Scalar(sql);
    }

    public async Task<IndexCheck> CheckAsync() => await Index.CheckAsync("default", CancellationToken.None);

    public async Task<long> RepairAsync() => await Index.RepairAsync("default", TimeSpan.Zero, CancellationToken.None);

    public async Task<IReadOnlyList<IndexHit>> NearestAsync(string text, int limit = 3) => (await Index.SearchVectorAsync(
        new VectorQuery("default", 1, CountingGenerator.VectorOf(text), limit, MetadataFilter.None), CancellationToken.None)).Hits;

    public async Task<IReadOnlyList<IndexHit>> MatchingAsync(string text, int limit = 3) => (await Index.SearchKeywordAsync(
        new KeywordQuery("default", 1, text, limit, MetadataFilter.None), CancellationToken.None)).Hits;

    public async ValueTask DisposeAsync()
    {
        await _bench.Store.DisposeAsync();
        _file.Dispose();
    }

    private static DocumentChange Upsert(int number, string suffix) =>
        ScriptedSource.Upsert($"d{number:0000}", $"word{number} shared{suffix}");
}
