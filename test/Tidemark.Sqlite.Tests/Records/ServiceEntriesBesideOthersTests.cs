using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Indexing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Sqlite.Tests.Records;

/// <summary>Entries of one file, by stores that know nothing of each other, as processes do.</summary>
public sealed class ServiceEntriesBesideOthersTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Of_several_processes_one_adds_and_all_see_it()
    {
        ITidemarkStore[] stores = [await _files.OpenAsync(), await _files.OpenAsync(), await _files.OpenAsync()];

        var won = await Task.WhenAll(Enumerable.Range(0, 48).Select(i => Task.Run(
            async () => await stores[i % stores.Length].ServiceEntries.TryAddAsync(Entry("k", $"{i}"), None))));

        won.Count(one => one).ShouldBe(1);
        foreach (var store in stores)
        {
            (await store.ServiceEntries.FindAsync("kind", "k", None))!.Value.ShouldBe($"{Array.IndexOf(won, true)}");
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Another_process_that_runs_is_not_disturbed()
    {
        await using var running = await _files.OpenAsync();
        await using var service = await _files.OpenAsync();
        await using var run = await StoreScribe.OpenAsync(running);
        await run.BeginRunAsync(DateTimeOffset.UnixEpoch);

        for (var i = 0; i < 10; i++)
        {
            (await service.ServiceEntries.TryAddAsync(Entry($"k{i}", ""), None)).ShouldBeTrue();
            await run.PutAsync($"d{i}", "one");
        }

        (await running.Reader.DocumentsAsync("default", "", None).ToListAsync(None)).Count.ShouldBe(10);
        (await running.ServiceEntries.ListAsync("kind", null, 100, None)).Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_store_that_was_opened_for_reading_answers_and_refuses_to_write()
    {
        await using (var made = await _files.OpenAsync())
        {
            await made.ServiceEntries.PutAsync(Entry("k", "v"), None);
        }

        await using var store = await SqliteStore.OpenAsync(_files.Path, new SqliteStoreOptions { ReadOnly = true }, TimeProvider.System, None);
        (await store.ServiceEntries.FindAsync("kind", "k", None))!.Value.ShouldBe("v");
        (await store.ServiceEntries.ListAsync("kind", null, 10, None)).Count.ShouldBe(1);
        Func<Task>[] writes =
        [
            async () => await store.ServiceEntries.TryAddAsync(Entry("l", ""), None),
            async () => await store.ServiceEntries.PutAsync(Entry("k", ""), None),
            async () => await store.ServiceEntries.ReplaceAsync(Entry("k", ""), "v", None),
            async () => await store.ServiceEntries.RemoveAsync("kind", "k", None),
            async () => await store.ServiceEntries.RemoveExpiredAsync(DateTimeOffset.MaxValue, 10, None),
        ];
        foreach (var write in writes)
        {
            var refusal = await Should.ThrowAsync<TidemarkException>(write);
            (refusal.Code, refusal.Message).ShouldBe((ErrorCodes.StoreReadOnly, $"the store '{_files.Path}' was opened for reading only"));
        }
    }

    private static ServiceEntry Entry(string key, string value) => new("kind", key, value, DateTimeOffset.UnixEpoch);
}
