using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Storage;
using Xunit;

namespace Tidemark.Sqlite.Tests.Storage;

public sealed class OpeningTests : IDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly SqliteStoreOptions Create = new() { CreateIfMissing = true };
    private static readonly SqliteStoreOptions Read = new() { ReadOnly = true };
    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_that_is_not_there_is_missing_and_stays_so(bool readOnly)
    {
        var error = await FailAsync(new SqliteStoreOptions { ReadOnly = readOnly });

        error.Code.ShouldBe(ErrorCodes.StoreMissing);
        error.Message.ShouldContain($"'{_files.Path}'");
        error.Remedy.ShouldContain("sync");
        Directory.EnumerateFileSystemEntries(_files.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_may_make_the_same_store_at_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var path = Path.Combine(_files.Folder, $"{round}.db");
            using var start = new Barrier(8);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Stop);
                    return MakeAsync(path);
                },
                Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        }

        static async Task MakeAsync(string path)
        {
            await using var store = await OpenAsync(path, Create);
            (await store.Reader.NamespacesAsync(Stop)).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a short note, which SQLite would take for an empty database")]
    public async Task What_is_shorter_than_a_database_s_header_is_not_written_over(string content)
    {
        await File.WriteAllTextAsync(_files.Path, content, Stop);

        (await FailAsync(Create)).Code.ShouldBe(ErrorCodes.StoreForeign);
        (await File.ReadAllTextAsync(_files.Path, Stop)).ShouldBe(content);
    }

    [Theory]
    [InlineData(".lock")]
    [InlineData("-wal")]
    public async Task What_was_a_store_and_is_empty_now_is_not_made_anew(string trace)
    {
        await File.WriteAllBytesAsync(_files.Path, [], Stop);
        byte[] content = trace == "-wal" ? [0x37, 0x7f, 0x06, 0x82, .. new byte[60]] : "17 2026-11-30T06:13:57.0000000Z\n"u8.ToArray();
        await File.WriteAllBytesAsync(_files.Path + trace, content, Stop);

        foreach (var options in new[] { Create, Read })
        {
            var error = await FailAsync(options);
            error.Code.ShouldBe(ErrorCodes.StoreCorrupt);
            error.Message.ShouldContain("0 bytes");
        }

        (await File.ReadAllBytesAsync(_files.Path + trace, Stop)).ShouldBe(content);
        new FileInfo(_files.Path).Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_of_no_bytes_that_never_was_a_store_becomes_one()
    {
        await File.WriteAllBytesAsync(_files.Path, [], Stop);

        await using var store = await OpenAsync(_files.Path, Create);

        (await store.Reader.NamespacesAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Folders_on_the_way_to_a_new_store_are_made()
    {
        var path = Path.Combine(_files.Folder, "a", "b c#?%", "store.db");

        await using (await OpenAsync(path, Create))
        {
        }

        File.Exists(path).ShouldBeTrue();
        File.Exists(path + "-wal").ShouldBeFalse();
        await using var again = await OpenAsync(path, Read);
        (await again.Reader.NamespacesAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_told_as_that()
    {
        var file = Path.Combine(_files.Folder, "file");
        await File.WriteAllTextAsync(file, "in the way", Stop);

        (await FailAsync(Path.Combine(file, "store.db"), Create)).Code.ShouldBe(ErrorCodes.StoreReadOnly);
        (await FailAsync(Path.Combine(file, "deep", "store.db"), Create)).Code.ShouldBe(ErrorCodes.StoreReadOnly);
    }

    [Fact]
    public async Task A_folder_is_not_a_store() =>
        (await FailAsync(_files.Folder, Create)).Code.ShouldBe(ErrorCodes.StoreForeign);

    [Theory]
    [InlineData("just some text, long enough to be mistaken for a header of a hundred bytes, and then a little more of it")]
    [InlineData("short")]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is(string content)
    {
        await File.WriteAllTextAsync(_files.Path, content, Stop);

        (await FailAsync(Create)).Code.ShouldBe(ErrorCodes.StoreForeign);
        (await FailAsync(Read)).Code.ShouldBe(ErrorCodes.StoreForeign);

        (await File.ReadAllTextAsync(_files.Path, Stop)).ShouldBe(content);
    }

    [Theory]
    [InlineData("CREATE TABLE notes (text)")]
    [InlineData("PRAGMA application_id = 1234; CREATE TABLE notes (text)")]
    [InlineData("PRAGMA user_version = 1")]
    public async Task The_database_of_another_application_is_refused(string sql)
    {
        using (var other = SqliteConnection.Open(_files.Path, SqliteOpenMode.Create, TimeSpan.Zero))
        {
            other.Execute(sql);
        }

        (await FailAsync(Create)).Code.ShouldBe(ErrorCodes.StoreForeign);
        (await FailAsync(Read)).Code.ShouldBe(ErrorCodes.StoreForeign);
    }

    [Fact]
    public async Task A_store_of_a_newer_format_is_refused()
    {
        await FillAsync();
        using (var newer = SqliteConnection.Open(_files.Path, SqliteOpenMode.Write, TimeSpan.Zero))
        {
            newer.Execute("PRAGMA user_version = 99");
        }

        var error = await FailAsync(Create);
        error.Code.ShouldBe(ErrorCodes.StoreNewer);
        error.Remedy.ShouldContain("upgrade");
    }

    [Theory]
    [InlineData(50)]
    [InlineData(4096)]
    [InlineData(8192)]
    [InlineData(20_000)]
    public async Task A_truncated_store_is_corrupt(int length)
    {
        await FillAsync();
        await using (var file = new FileStream(_files.Path, FileMode.Open))
        {
            file.SetLength(length);
        }

        (await FailAsync(Create)).Code.ShouldBe(ErrorCodes.StoreCorrupt);
        (await FailAsync(Read)).Code.ShouldBe(ErrorCodes.StoreCorrupt);
    }

    [Fact]
    public async Task A_store_whose_pages_were_overwritten_is_corrupt_and_not_something_else()
    {
        await FillAsync();
        var bytes = await File.ReadAllBytesAsync(_files.Path, Stop);
        bytes.AsSpan(8192).Fill(0xAB);
        await File.WriteAllBytesAsync(_files.Path, bytes, Stop);

        var error = await Should.ThrowAsync<TidemarkException>(async () =>
        {
            await using var store = await OpenAsync(_files.Path, Read);
            await store.Reader.NamespacesAsync(Stop);
        });

        error.Code.ShouldBe(ErrorCodes.StoreCorrupt);
        error.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_empty_file_is_made_a_store_when_it_may_be_and_is_missing_when_read()
    {
        await File.WriteAllBytesAsync(_files.Path, [], Stop);

        (await FailAsync(Read)).Code.ShouldBe(ErrorCodes.StoreMissing);
        await using var store = await OpenAsync(_files.Path, Create);
        (await store.Reader.NamespacesAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_was_killed_while_it_was_made_is_made_anew()
    {
        using (var killed = SqliteConnection.Open(_files.Path, SqliteOpenMode.Create, TimeSpan.Zero))
        {
            killed.Execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL");
        }

        await FillAsync();
    }

    [Fact]
    public async Task A_store_opened_for_reading_writes_nothing()
    {
        await FillAsync();
        await using var store = await OpenAsync(_files.Path, Read);

        var put = await Should.ThrowAsync<TidemarkException>(async () =>
            await store.Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("a")], false, EmbeddingReceipt.None, Stop));

        put.Code.ShouldBe(ErrorCodes.StoreReadOnly);
    }

    [Fact]
    public async Task A_closed_store_says_so_instead_of_keeping_anyone_waiting()
    {
        var store = await OpenAsync(_files.Path, Create);
        await store.DisposeAsync();
        await store.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () =>
            await store.Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("a")], false, EmbeddingReceipt.None, Stop));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await store.Reader.NamespacesAsync(Stop));
    }

    [Fact]
    public async Task An_empty_store_for_a_plan_touches_no_disk()
    {
        await using var store = await SqliteStore.OpenEmptyAsync(TimeProvider.System, Stop);
        await using var plan = await store.Records.OpenAsync(
            new SessionRequest("default", TimeSpan.Zero, ForPlan: true, KeepText: true), Stop);
        var source = await plan.Catalog.RegisterSourceAsync("docs", Stop);
        using var page = new TestPage("a", "b");
        var glances = new DocumentGlance[2];

        await plan.GlanceAsync(source.Key, page, glances, Stop);
        await foreach (var _ in plan.ListLiveAsync(null, "", Stop))
        {
            Assert.Fail("nothing is live in an empty store");
        }

        glances.ShouldAllBe(glance => glance == default);
        (await store.Embeddings.ContainsAsync(TestVector.Space, [TestVector.InputOf("a")], Stop)).ShouldBeEmpty();
        (await store.Maintenance.SizeAsync(Stop)).ShouldBe(0);
        Directory.EnumerateFiles(".", "tidemark-*").ShouldBeEmpty();
    }

    private static ValueTask<SqliteStore> OpenAsync(string path, SqliteStoreOptions options) =>
        SqliteStore.OpenAsync(path, options, TimeProvider.System, Stop);

    private static async Task<TidemarkException> FailAsync(string path, SqliteStoreOptions options) =>
        await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(path, options));

    private Task<TidemarkException> FailAsync(SqliteStoreOptions options) => FailAsync(_files.Path, options);

    private async Task FillAsync()
    {
        await using var store = await OpenAsync(_files.Path, Create);
        await using var run = await StoreScribe.OpenAsync(store);
        await run.PutAsync("a", "one", "two");
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 30)]
    public async Task A_format_number_that_makes_no_sense_is_damage_and_the_remedy_helps(int number)
    {
        using var file = new TemporaryStore();
        await using (await file.OpenAsync())
        {
        }

        using (var connection = SqliteConnection.Open(file.Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(5)))
        {
            connection.Execute($"PRAGMA user_version = {number}");
        }

        var failure = await Should.ThrowAsync<TidemarkException>(async () => await file.OpenAsync());

        failure.Code.ShouldBe(ErrorCodes.StoreCorrupt);
        using (var connection = SqliteConnection.Open(file.Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(5)))
        {
            connection.Execute(failure.Remedy.Split('\'')[3]);
        }

        await using var store = await file.OpenAsync();
        (await store.Reader.NamespacesAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public void One_that_was_moved_away_since_is_told_as_moved_also_where_it_is_opened_once_more()
    {
        var (file, first) = DatabaseFile.Open(_files.Path, Create);
        first.Dispose();
        using var held = file;
        File.Move(_files.Path, _files.Path + ".away");

        Should.Throw<TidemarkException>(() => file.OpenReader()).Code.ShouldBe(ErrorCodes.StoreMoved);
    }
}
