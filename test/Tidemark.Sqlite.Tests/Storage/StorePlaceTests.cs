using Shouldly;
using Tidemark.Conformance.Support;
using Xunit;

namespace Tidemark.Sqlite.Tests.Storage;

/// <summary>What a store may be, who may read it, and what is never touched.</summary>
public sealed class StorePlaceTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_new_store_and_all_that_lies_beside_it_is_its_owners_alone()
    {
        var folder = Path.Combine(_files.Folder, "outer", ".tidemark");
        await using var store = await OpenAsync(Path.Combine(folder, "store.db"), create: true);
        await store.Maintenance.CollectAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, TimeSpan.Zero, dryRun: false, Stop);

        foreach (var name in (string[])["", "store.db", "store.db-wal", "store.db-shm", "store.db.lock", ".gitignore"])
        {
            var expected = name.Length == 0 ? Own | UnixFileMode.UserExecute : Own;
            (OperatingSystem.IsWindows() ? expected : File.GetUnixFileMode(Path.Combine(folder, name))).ShouldBe(expected, name);
        }

        (await File.ReadAllTextAsync(Path.Combine(folder, ".gitignore"), Stop)).ShouldBe("*\n");
    }

    [Fact]
    public async Task A_folder_of_another_name_gets_no_ignore_file()
    {
        await using var store = await OpenAsync(Path.Combine(_files.Folder, "stores", "store.db"), create: true);

        File.Exists(Path.Combine(_files.Folder, "stores", ".gitignore")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ln -s victim store.db")]
    [InlineData("ln -s nowhere store.db")]
    [InlineData("mkfifo store.db")]
    [InlineData("ln -s /dev/zero store.db")]
    [InlineData("mkfifo store.db-wal")]
    [InlineData("ln -s victim store.db-shm")]
    [InlineData("ln victim store.db-shm")]
    [InlineData("ln victim store.db-wal")]
    [InlineData("ln victim store.db-journal")]
    [InlineData("cp victim store.db-wal")]
    [InlineData("cp victim store.db-journal")]
    public async Task What_is_no_regular_file_is_refused_and_left_alone(string make)
    {
        await File.WriteAllTextAsync(Path.Combine(_files.Folder, "victim"), "precious", Stop);
        Shell.Run(_files.Folder, make);

        var error = await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(_files.Path, create: true));

        error.Code.ShouldBe(ErrorCodes.StoreForeign);
        (await File.ReadAllTextAsync(Path.Combine(_files.Folder, "victim"), Stop)).ShouldBe("precious");
        File.Exists(Path.Combine(_files.Folder, "nowhere")).ShouldBeFalse();
        foreach (var log in Directory.EnumerateFiles(_files.Folder, "store.db-*").Where(log => new FileInfo(log).Length == "precious".Length))
        {
            (await File.ReadAllTextAsync(log, Stop)).ShouldBe("precious");
        }
    }

    [Fact]
    public async Task A_file_with_two_names_is_not_opened_by_one_while_what_was_written_last_stands_beside_the_other()
    {
        await using (await OpenAsync(_files.Path, create: true))
        {
        }

        var log = _files.Path + "-wal";
        File.Exists(log).ShouldBeFalse();
        Shell.Run(_files.Folder, "ln store.db other.db");
        await (await OpenAsync(Path.Combine(_files.Folder, "other.db"), create: false)).DisposeAsync(); // both are in step
        await File.WriteAllBytesAsync(log, [0x37, 0x7f, 0x06, 0x82, .. new byte[28]], Stop);

        var error = await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(Path.Combine(_files.Folder, "other.db"), create: false));

        error.Code.ShouldBe(ErrorCodes.StoreMoved);
        error.Remedy.ShouldContain("store.db");
        await (await OpenAsync(_files.Path, create: false)).DisposeAsync();
        await (await OpenAsync(Path.Combine(_files.Folder, "other.db"), create: false)).DisposeAsync();
    }

    [Fact]
    public async Task A_name_in_another_folder_is_not_used_while_the_log_of_a_writer_that_was_killed_stands_beside_the_last_one()
    {
        await (await OpenAsync(_files.Path, create: true)).DisposeAsync();
        Shell.Run(_files.Folder, "mkdir b && ln store.db b/other.db");
        var other = Path.Combine(_files.Folder, "b", "other.db");
        await File.WriteAllBytesAsync(_files.Path + "-wal", [0x37, 0x7f, 0x06, 0x82, .. new byte[28]], Stop);

        var error = await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(other, create: false));

        (error.Code, error.Message.Contains($"'{_files.Path}-wal'", StringComparison.Ordinal)).ShouldBe((ErrorCodes.StoreMoved, true));
        await (await OpenAsync(_files.Path, create: false)).DisposeAsync();
        await (await OpenAsync(other, create: false)).DisposeAsync();
    }

    [Fact]
    public async Task A_store_that_is_open_is_not_opened_under_another_name()
    {
        var store = await OpenAsync(_files.Path, create: true);
        Shell.Run(_files.Folder, "mkdir b && ln store.db b/other.db");
        var other = Path.Combine(_files.Folder, "b", "other.db");

        var error = await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(other, create: false));
        await using (await OpenAsync(_files.Path, create: false))
        {
        }

        (error.Code, error.Message.Contains($"'{_files.Path}'", StringComparison.Ordinal)).ShouldBe((ErrorCodes.StoreBusy, true));
        await store.DisposeAsync();
        await (await OpenAsync(other, create: false)).DisposeAsync();
    }

    [Fact]
    public async Task A_second_name_of_a_store_is_the_same_store()
    {
        await (await OpenAsync(_files.Path, create: true)).DisposeAsync();
        Shell.Run(_files.Folder, "ln store.db other.db");

        await using var other = await OpenAsync(Path.Combine(_files.Folder, "other.db"), create: false);

        (await other.Reader.NamespacesAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task By_a_second_name_nobody_looks_into_a_store_that_is_being_written_to()
    {
        await using var store = await OpenAsync(_files.Path, create: true);
        using var database = Tidemark.Sqlite.Locking.DatabaseInode.Hold(_files.Path).ShouldNotBeNull();
        database.TryLock().ShouldBeTrue();
        Shell.Run(_files.Folder, "ln store.db other.db");

        var error = await Should.ThrowAsync<TidemarkException>(async () =>
            await OpenAsync(Path.Combine(_files.Folder, "other.db"), create: false));

        error.Code.ShouldBe(ErrorCodes.RunLocked);
        database.Unlock();
    }

    private static async Task<SqliteStore> OpenAsync(string path, bool create) => await SqliteStore.OpenAsync(
        path, new SqliteStoreOptions { CreateIfMissing = create }, TimeProvider.System, Stop);
}
