using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Sqlite.Locking;
using Xunit;

namespace Tidemark.Sqlite.Tests.Locking;

public sealed class WriterLeaseTests : IDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly TemporaryStore _files = new();
    private readonly SkippingClock _clock = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_message_names_who_holds_the_lease_and_since_when()
    {
        using var held = await AcquireAsync(TimeSpan.Zero);

        var error = await Should.ThrowAsync<TidemarkException>(async () => await AcquireAsync(TimeSpan.Zero));

        error.Code.ShouldBe(ErrorCodes.RunLocked);
        error.Message.ShouldContain($"'{_files.Path}'");
        error.Message.ShouldContain("2024-05-17 12:00:00 UTC");
        error.Message.ShouldContain($"process {Environment.ProcessId}");
        error.Remedy.ShouldContain("SyncOptions.Wait");
        _clock.Delays.ShouldBe(0);
    }

    [Fact]
    public async Task Waiting_ends_when_the_time_is_up()
    {
        using var held = await AcquireAsync(TimeSpan.Zero);

        var error = await Should.ThrowAsync<TidemarkException>(async () =>
            await AcquireAsync(TimeSpan.FromSeconds(1)));

        error.Code.ShouldBe(ErrorCodes.RunLocked);
        _clock.Delays.ShouldBe(10);
    }

    [Fact]
    public async Task Waiting_ends_when_the_lease_is_free()
    {
        var held = await AcquireAsync(TimeSpan.Zero);
        _clock.OnDelay = number =>
        {
            if (number == 3)
            {
                held.Dispose();
            }
        };

        using var next = await AcquireAsync(TimeSpan.FromHours(1));

        _clock.Delays.ShouldBe(3);
    }

    [Fact]
    public async Task A_lock_file_that_a_dead_process_left_holds_nobody_up()
    {
        await File.WriteAllTextAsync(_files.Path + ".lock", "1 2020-01-01T00:00:00Z\n", Stop);

        using var lease = await AcquireAsync(TimeSpan.Zero);

        lease.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_lease_where_nothing_can_be_written_is_not_mistaken_for_a_held_one()
    {
        var file = Path.Combine(_files.Folder, "file");
        await File.WriteAllTextAsync(file, "in the way", Stop);

        var error = await Should.ThrowAsync<TidemarkException>(async () => await WriterLease.AcquireAsync(
            Path.Combine(file, "store.db"), null, new LeaseRequest(TimeSpan.Zero), _clock, Stop));

        error.Code.ShouldBe(ErrorCodes.StoreReadOnly);
    }

    [Fact]
    public async Task A_link_in_the_place_of_the_lock_file_leads_nowhere()
    {
        var victim = Path.Combine(_files.Folder, "victim");
        await File.WriteAllTextAsync(victim, "precious", Stop);
        File.CreateSymbolicLink(_files.Path + ".lock", victim);

        var error = await Should.ThrowAsync<TidemarkException>(async () => await AcquireAsync(TimeSpan.Zero));

        error.Code.ShouldBe(ErrorCodes.StoreForeign);
        error.Message.ShouldContain("a link");
        (await File.ReadAllTextAsync(victim, Stop)).ShouldBe("precious");
    }

    [Theory]
    [InlineData("ln victim {0}")]
    [InlineData("cp victim {0}")]
    [InlineData("mkfifo {0}")]
    [InlineData("mkdir {0}")]
    public async Task What_is_no_lock_file_is_never_written_to(string make)
    {
        var victim = Path.Combine(_files.Folder, "victim");
        await File.WriteAllTextAsync(victim, "2024-01-01\n", Stop);
        Shell.Run(_files.Folder, string.Format(System.Globalization.CultureInfo.InvariantCulture, make, _files.Path + ".lock"));

        var error = await Should.ThrowAsync<TidemarkException>(async () => await AcquireAsync(TimeSpan.Zero));

        error.Code.ShouldBe(ErrorCodes.StoreForeign);
        Should.NotThrow(() => LeaseHolder.ReadFrom(_files.Path + ".lock"));
        (await File.ReadAllTextAsync(victim, Stop)).ShouldBe("2024-01-01\n");
    }

    [Fact]
    public async Task Two_names_of_one_file_are_one_store()
    {
        await (await _files.OpenAsync()).DisposeAsync();
        var other = Path.Combine(_files.Folder, "other.db");
        Shell.Run(_files.Folder, $"ln '{_files.Path}' '{other}'");
        using var file = DatabaseInode.Hold(_files.Path).ShouldNotBeNull();
        using var same = DatabaseInode.Hold(other).ShouldNotBeNull();

        using var first = await WriterLease.AcquireAsync(_files.Path, file, new LeaseRequest(TimeSpan.Zero), _clock, Stop);

        var error = await Should.ThrowAsync<TidemarkException>(async () =>
            await WriterLease.AcquireAsync(other, same, new LeaseRequest(TimeSpan.Zero), _clock, Stop));
        error.Code.ShouldBe(ErrorCodes.RunLocked);
        first.Dispose();
        using var second = await WriterLease.AcquireAsync(other, same, new LeaseRequest(TimeSpan.Zero), _clock, Stop);
    }

    private ValueTask<WriterLease> AcquireAsync(TimeSpan wait) =>
        WriterLease.AcquireAsync(_files.Path, null, new LeaseRequest(wait), _clock, Stop);
}
