using Shouldly;
using Tidemark.Conformance.Syncing;
using Xunit;

namespace Tidemark.Sqlite.Tests.Engine;

/// <summary>A disk that lost the end of a file.</summary>
public sealed class CutFileTests : IDisposable
{
    private readonly TemporaryStore _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task A_file_that_ends_in_the_middle_of_a_page_is_damaged(double part)
    {
        await FillAsync();
        using (var file = File.OpenWrite(_file.Path))
        {
            file.SetLength((long)(file.Length * part) + 100);
        }

        var failure = await Should.ThrowAsync<TidemarkException>(async () =>
        {
            await using var store = await SqliteStore.OpenAsync(
                _file.Path, new SqliteStoreOptions(), TimeProvider.System, CancellationToken.None);
            await new SyncBench(store).ExportAsync();
        });

        failure.Code.ShouldBe(ErrorCodes.StoreCorrupt);
        failure.Message.ShouldContain(_file.Path);
        failure.Remedy.ShouldNotBeNull();
    }

    private async Task FillAsync()
    {
        await using var store = await _file.OpenAsync();
        await new SyncBench(store).SyncAsync(
            [.. Enumerable.Range(0, 300).Select(i => ScriptedSource.Upsert($"d{i}", $"text {i} {new string('x', 2_000)}"))]);
    }
}
