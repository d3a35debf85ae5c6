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
    public void A_damaged_file_is_as_none(string text)
    {
        Of("/a.db").Keep(Seen);
        File.WriteAllText(Directory.GetFiles(_folder).ShouldHaveSingleItem(), text);

        Of("/a.db").Find(Mark, 3).ShouldBeNull();
        Of("/a.db").Keep(Seen);
        Of("/a.db").Find(Mark, 3).ShouldBe(Seen);
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
