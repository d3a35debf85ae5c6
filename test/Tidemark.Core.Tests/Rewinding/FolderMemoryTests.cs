using Shouldly;
using Tidemark.Records;
using Tidemark.Rewinding;
using Xunit;

namespace Tidemark.Core.Tests.Rewinding;

/// <summary>What a user's processes keep of what they saw.</summary>
public sealed class FolderMemoryTests : IDisposable
{
    private static readonly string Mark = new('a', 32);

    private static readonly StoreSighting Seen = new(Mark, 3, 10, Time(1)) { SeenAt = Time(2) };

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("tidemark-seen-").FullName, "seen");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void What_one_process_saw_another_one_knows()
    {
        Of("/a.db").Keep(Seen);
        Of("/a.db").Find(Mark, 3).ShouldBe(Seen);
        Of("/a.db").Find(Mark, 4).ShouldBeNull();
        Of("/a.db").Find(new string('b', 32), 3).ShouldBeNull();

        var first = Seen with { Sequence = 0, CommittedAt = null };
        Of("/a.db").Keep(first);
        Of("/a.db").Find(Mark, 3).ShouldBe(first);
    }

    [Fact]
    public void A_copy_of_a_file_under_another_name_is_another_one_and_a_server_may_answer_elsewhere()
    {
        Of("/a b.db").Keep(Seen);
        Of("/a b.db").Find(Mark, 3).ShouldBe(Seen);
        Of("/backup.db").Find(Mark, 3).ShouldBeNull();

        Of("postgres://one/x", moves: true).Keep(Seen with { Sequence = 20 });
        Of("postgres://two/x", moves: true).Find(Mark, 3)!.Sequence.ShouldBe(20);
        Of("postgres://two/x", moves: true).Keep(Seen with { Sequence = 15 });
        Of("postgres://two/x", moves: true).Find(Mark, 3)!.Sequence.ShouldBe(15);
        Of("postgres://one/x", moves: true).Find(Mark, 3)!.Sequence.ShouldBe(20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_mark_that_is_none_of_ours_names_no_file(string mark)
    {
        Of("/a.db").Keep(Seen with { Mark = mark });

        Of("/a.db").Find(mark, 3).ShouldBeNull();
        Directory.Exists(_folder).ShouldBeFalse();
    }

    [Theory]
    [InlineData("garbage\n\n1 2\n")]
    [InlineData("99999999999999999999999 - 1 /a.db\n")]
    [InlineData("1 - -5 /a.db\n")]
    [InlineData("1 - 3155378976000000000 /a.db\n")]
    [InlineData("1 -1 5 /a.db\n")]
    [InlineData("too long")]
    public void A_damaged_file_is_as_none(string text)
    {
        Of("/a.db").Keep(Seen);
        File.WriteAllText(
            Directory.GetFiles(_folder).ShouldHaveSingleItem(),
            text == "too long" ? $"1 - 5 /a.db\n{new string('x', 64 << 10)}" : text);

        Of("/a.db").Find(Mark, 3).ShouldBeNull();
        Of("/a.db").Keep(Seen);
        Of("/a.db").Find(Mark, 3).ShouldBe(Seen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3155378975999999999)]
    public void Any_time_of_the_calendar_is_read(long ticks)
    {
        Of("/a.db").Keep(Seen);
        File.WriteAllText(Directory.GetFiles(_folder).ShouldHaveSingleItem(), $"1 {ticks} {ticks} /a.db\n");

        var time = new DateTimeOffset(ticks, TimeSpan.Zero);
        Of("/a.db").Find(Mark, 3).ShouldBe(new StoreSighting(Mark, 3, 1, time) { SeenAt = time });
    }

    [Theory]
    [InlineData(10, 20, 20)]
    [InlineData(20, 10, 20)]
    public void Of_what_a_process_saw_itself_and_what_another_did_the_later_counts(long here, long there, long found)
    {
        var memory = Of("/a.db");
        memory.Keep(Seen with { Sequence = here });
        Of("/a.db").Keep(Seen with { Sequence = there });

        memory.Find(Mark, 3)!.Sequence.ShouldBe(found);
    }

    [Fact]
    public void An_address_of_several_lines_is_one_line_and_no_other_s()
    {
        Of("/a\nb.db").Keep(Seen);

        Of("/a\nb.db").Find(Mark, 3).ShouldBe(Seen);
        Of("/ab.db").Find(Mark, 3).ShouldBeNull();
    }

    [Fact]
    public void Of_many_addresses_the_newest_stay()
    {
        foreach (var i in Enumerable.Range(0, 33))
        {
            Of($"/{i}.db").Keep(Seen);
        }

        Of("/32.db").Find(Mark, 3).ShouldBe(Seen);
        Of("/1.db").Find(Mark, 3).ShouldBe(Seen);
        Of("/0.db").Find(Mark, 3).ShouldBeNull();
    }

    [Fact]
    public void Where_nothing_can_be_kept_the_process_still_knows_what_it_saw()
    {
        File.WriteAllText(_folder, "a file, no folder");
        var memory = Of("/a.db");

        memory.Keep(Seen);

        memory.Find(Mark, 3).ShouldBe(Seen);
    }

    private FolderMemory Of(string address, bool moves = false) => new(_folder, address, moves);

    private static DateTimeOffset Time(int hour) => new(2026, 1, 1, hour, 0, 0, TimeSpan.Zero);
}
