using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests;

/// <summary>A store in a folder of its own that goes with the test.</summary>
internal sealed class TemporaryStore : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("tidemark-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "store.db");

    public ValueTask<ITidemarkStore> OpenAsync() => OpenAsync(TimeProvider.System);

    public async ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => await SqliteStore.OpenAsync(
        Path, new SqliteStoreOptions { CreateIfMissing = true }, clock, CancellationToken.None);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
