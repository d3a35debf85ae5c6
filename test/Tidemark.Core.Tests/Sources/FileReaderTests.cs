using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class FileReaderTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow.AddHours(1);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<bool> Trees => OperatingSystem.IsLinux() ? [false, true] : [true];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task The_token_of_a_settled_file_is_the_listed_one_and_stays(bool portable)
    {
        _folder.Write("a.md");
        var first = await ReadAsync(Tree(portable), Now);
        var second = await ReadAsync(Tree(portable), Now);
        first.DocumentOf("docs/a.md").Token.IsNone.ShouldBeFalse();
        second.Tokens[0].Proves(first.DocumentOf("docs/a.md").Token).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task The_token_of_a_file_that_just_changed_is_not_trusted(bool portable)
    {
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(_folder.Write("a.md")), TimeSpan.Zero);
        (await ReadAsync(Tree(portable), written)).DocumentOf("docs/a.md").Token.IsNone.ShouldBeTrue();
        (await ReadAsync(Tree(portable), written.AddMilliseconds(19))).DocumentOf("docs/a.md").Token.IsNone.ShouldBeTrue();
        (await ReadAsync(Tree(portable), written.AddMilliseconds(100))).DocumentOf("docs/a.md").Token.IsNone.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task A_file_of_the_future_is_never_trusted_so_a_clock_that_goes_back_does_no_harm(bool portable)
    {
        _folder.Write("a.md");
        (await ReadAsync(Tree(portable), Now.AddDays(-1))).DocumentOf("docs/a.md").Token.IsNone.ShouldBeTrue();
        File.SetLastWriteTimeUtc(_folder.Path("a.md"), Now.AddDays(9).UtcDateTime);
        (await ReadAsync(Tree(portable), Now)).DocumentOf("docs/a.md").Token.IsNone.ShouldBeTrue();
    }

    [Fact]
    public async Task Same_size_and_mtime_do_not_hide_a_change()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && !PortableSwitch.IsOn, "only Linux tells ctime and inode");
        var path = _folder.Write("a.md", "one");
        var time = File.GetLastWriteTimeUtc(path);
        var before = (await ReadAsync(Tree(false), Now)).Tokens[0];
        var other = _folder.Write("b.tmp", "two");
        File.SetLastWriteTimeUtc(other, time);
        File.Move(other, path, overwrite: true);
        var after = await ReadAsync(Tree(false), Now);
        after.Tokens[0].ShouldNotBe(before);
        after.DocumentOf("docs/a.md").Text.ShouldBe("two");
    }

    [Fact]
    public async Task A_file_that_changes_once_while_it_is_read_is_read_again()
    {
        var path = _folder.Write("a.md", "one");
        var tree = new UnsteadyTree(FileTree.Native, attempt =>
        {
            if (attempt == 1)
            {
                File.AppendAllText(path, " more");
            }
        });
        (await ReadAsync(tree, Now)).DocumentOf("docs/a.md").Text.ShouldBe("one more");
    }

    [Fact]
    public async Task A_file_that_never_holds_still_fails_after_three_attempts()
    {
        var path = _folder.Write("a.md", "one");
        var attempts = 0;
        var tree = new UnsteadyTree(FileTree.Native, attempt =>
        {
            attempts = attempt;
            File.AppendAllText(path, " more");
        });
        (await ReadAsync(tree, Now)).FaultOf("docs/a.md").Code.ShouldBe(ErrorCodes.SourceChanging);
        attempts.ShouldBe(3);
    }

    [Fact]
    public async Task A_file_that_vanished_since_it_was_listed_fails()
    {
        _folder.Write("a.md");
        await using var pages = Source(Tree(false), Now).ListAsync(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await pages.MoveNextAsync();
        File.Delete(_folder.Path("a.md"));
        using var page = pages.Current;
        var error = await Should.ThrowAsync<ItemException>(async () =>
            await page.ReadAsync(0, TestContext.Current.CancellationToken));
        error.Code.ShouldBe(ErrorCodes.SourceChanging);
        error.Message.ShouldContain("'docs/a.md' vanished");
    }

    [Fact]
    public async Task An_empty_file_is_an_empty_document()
    {
        _folder.Write("a.md", "");
        (await ReadAsync(Tree(false), Now)).DocumentOf("docs/a.md").Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_longest_ending_and_any_case_choose_the_extractor()
    {
        _folder.Write("a.x.md");
        _folder.Write("B.MD");
        _folder.Write($"{new string('n', 240)}.md");
        (await ReadAsync(Tree(false), Now)).Documents.Count().ShouldBe(3);
    }

    private static FileTree Tree(bool portable) => portable ? new PortableFileTree() : FileTree.Native;

    private DirectorySource Source(FileTree tree, DateTimeOffset now) => new(
        new DirectoryOptions
        {
            Name = "docs",
            Path = _folder.Root,
            Extractors = [new FakeMarkdown()],
            Clock = new FixedClock(now),
        },
        tree);

    private Task<Listing> ReadAsync(FileTree tree, DateTimeOffset now) => Listing.OfAsync(Source(tree, now), read: true);

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
