using System.Text;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

/// <summary>What a real tree holds besides good files. Linux, where such names, links and paths can be made.</summary>
public sealed class DirectoryFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DirectoryFaultTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "made with the means of Linux");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Links_are_followed_inside_the_folder_and_never_out_of_it()
    {
        Assert.SkipWhen(PortableSwitch.IsOn, "links are not followed by the platform's classes");
        var outside = Path.Combine(Path.GetDirectoryName(_folder.Root)!, "outside");
        Directory.CreateDirectory(outside);
        await File.WriteAllTextAsync(Path.Combine(outside, "secret.md"), "secret", TestContext.Current.CancellationToken);
        _folder.Write("x/a.md", "inside");
        _folder.Link("file.md", "x/a.md");
        _folder.Link("folder", "x");
        _folder.Link("out.md", "../outside/secret.md");
        _folder.Link("absolute.md", Path.Combine(outside, "secret.md"));
        _folder.Link("outfolder", "../outside");
        _folder.Link("x/back.md", "../../outside/secret.md");
        var listing = await ListAsync();
        listing.Ids.ShouldBe(["docs/file.md", "docs/folder/a.md", "docs/x/a.md"]);
        listing.Documents.ShouldAllBe(d => d.Text == "inside");
        listing.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_beside_with_the_same_beginning_is_outside()
    {
        var outside = _folder.Root + "-more";
        Directory.CreateDirectory(outside);
        await File.WriteAllTextAsync(Path.Combine(outside, "a.md"), "x", TestContext.Current.CancellationToken);
        _folder.Link("a.md", Path.Combine(outside, "a.md"));
        (await ListAsync()).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task Loops_end_where_they_close_and_fail_nothing()
    {
        Assert.SkipWhen(PortableSwitch.IsOn, "links are not followed by the platform's classes");
        _folder.Write("x/a.md");
        _folder.Write("y/b.md");
        _folder.Link("x/self", ".");
        _folder.Link("x/up", "..");
        _folder.Link("x/y", "../y");
        _folder.Link("y/x", "../x");
        _folder.Link("itself.md", "itself.md");
        var listing = await ListAsync();
        listing.Ids.ShouldBe(["docs/x/a.md", "docs/x/y/b.md", "docs/y/b.md", "docs/y/x/a.md"]);
        listing.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_is_an_item_that_fails()
    {
        Assert.SkipWhen(PortableSwitch.IsOn, "links are not followed by the platform's classes");
        _folder.Link("a.md", "gone.md");
        _folder.Link("folder", "gone");
        var listing = await ListAsync();
        listing.Ids.ShouldBe(["docs/a.md"]);
        listing.Tokens[0].IsNone.ShouldBeTrue();
        listing.FaultOf("docs/a.md").Code.ShouldBe(ErrorCodes.SourceUnreadable);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_folder_itself_may_be_a_link(bool portable)
    {
        _folder.Write("real/x/a.md");
        _folder.Link("real/b.md", "x/a.md");
        _folder.Link("linked", "real");
        (await ListAsync("linked", portable)).Ids.ShouldBe(portable || PortableSwitch.IsOn ? ["docs/x/a.md"] : ["docs/b.md", "docs/x/a.md"]);
    }

    [Fact]
    public async Task Where_the_system_cannot_tell_where_a_link_leads_none_is_followed_and_each_is_counted()
    {
        _folder.Write("x/a.md");
        _folder.Link("file.md", "x/a.md");
        _folder.Link("folder", "x");
        _folder.Link("x/up", "..");
        _folder.Link("gone.md", "nowhere");

        var listing = await ListAsync(portable: true);

        listing.Ids.ShouldBe(["docs/x/a.md"]);
        listing.Failures.ShouldBeEmpty();
        listing.NotTaken.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["link"] = 4 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pipe_is_no_file_and_is_not_waited_for(bool portable)
    {
        Shell.Run(_folder.Root, "mkfifo pipe.md");
        _folder.Write("a.md");
        var listing = await ListAsync(portable: portable);
        listing.Ids.ShouldBe(["docs/a.md"]);
        listing.NotTaken.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["special"] = 1 });
    }

    [Fact]
    public async Task What_has_a_name_that_is_taken_and_is_not_opened_is_counted()
    {
        Assert.SkipWhen(PortableSwitch.IsOn, "links are not followed by the platform's classes");
        Shell.Run(_folder.Root, "mkfifo pipe.md pipe ignored.md; ln -s / out; ln -s /etc/passwd out.md; ln -s /etc/passwd passwd; mkdir sub; ln -s .. sub/back");
        _folder.Write(".gitignore", "ignored.md\n");

        var listing = await ListAsync();

        listing.Ids.ShouldBeEmpty();
        listing.NotTaken.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["link"] = 3, ["special"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_name_that_is_not_utf8_fails_shown_escaped_and_hides_nothing()
    {
        Assert.SkipWhen(PortableSwitch.IsOn, "the platform's classes have no such names");
        Shell.Run(_folder.Root, @"touch ""$(printf 'a\351.md')"" ""$(printf 'b\351.cs')""");
        _folder.Write("good.md");
        var listing = await ListAsync();
        listing.Ids.ShouldBe(["docs/good.md"]);
        var failure = listing.Failures.ShouldHaveSingleItem();
        failure.Item.ShouldBe(@"docs/a\xe9.md");
        failure.Code.ShouldBe(ErrorCodes.SourceName);
        failure.HidesDocuments.ShouldBeFalse();
        Shell.Run(_folder.Root, "rm -f a* b*");
    }

    [Fact]
    public async Task A_path_longer_than_the_system_takes_is_an_unreadable_folder()
    {
        var name = new string('d', 200);
        Shell.Run(_folder.Root, $"mkdir -p {string.Join('/', Enumerable.Repeat(name, 22))}");
        _folder.Write("a.md");
        try
        {
            var listing = await ListAsync();
            listing.Ids.ShouldBe(["docs/a.md"]);
            var failure = listing.Failures.ShouldHaveSingleItem();
            failure.Code.ShouldBe(ErrorCodes.SourceName);
            failure.HidesDocuments.ShouldBeTrue();
        }
        finally
        {
            Shell.Run(_folder.Root, "rm -rf d*");
        }
    }

    [Fact]
    public async Task A_file_whose_path_is_too_long_is_an_item_that_fails()
    {
        Assert.SkipWhen(PortableSwitch.IsOn, "the platform's classes list no such path");
        // The folder's path fits, the file's does not.
        var room = 4_095 - Encoding.UTF8.GetByteCount(_folder.Root);
        var parts = Enumerable.Repeat(new string('d', 100), (room - 60) / 101).ToList();
        var folder = string.Join('/', parts);
        Shell.Run(_folder.Root, $"mkdir -p {folder} && cd {folder} && touch {new string('f', 180)}.md");
        try
        {
            var listing = await ListAsync();
            listing.Failures.ShouldBeEmpty();
            listing.FaultOf(listing.Ids.ShouldHaveSingleItem()).Code.ShouldBe(ErrorCodes.SourceName);
        }
        finally
        {
            Shell.Run(_folder.Root, "rm -rf d*");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_that_the_system_refuses_hides_documents(bool portable)
    {
        _folder.Write("a.md");
        _folder.Write("shut/b.md");
        _folder.Write("z/c.md");
        var listing = await Listing.OfAsync(new DirectorySource(Options(), new RefusingTree(Tree(portable), "shut")));
        listing.Ids.ShouldBe(["docs/a.md", "docs/z/c.md"]);
        var failure = listing.Failures.ShouldHaveSingleItem();
        failure.Item.ShouldBe("docs/shut/");
        failure.Code.ShouldBe(ErrorCodes.SourceUnreadable);
        failure.HidesDocuments.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_has_no_room_for_another_open_file_is_told_to_make_room()
    {
        _folder.Write("shut/b.md");
        var full = LinuxFileTree.FaultOf(24);
        var listing = await Listing.OfAsync(new DirectorySource(Options(), new RefusingTree(FileTree.Native, "shut", full)));
        listing.Failures.ShouldHaveSingleItem().Remedy.ShouldStartWith("let this process open more files at once (ulimit -n) and run again");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_whose_ignore_file_cannot_be_read_is_not_entered(bool portable)
    {
        _folder.Write("x/a.md");
        Directory.CreateDirectory(_folder.Path("x"));
        _folder.Write("x/.gitignore", "secret.md");
        var listing = await Listing.OfAsync(new DirectorySource(Options(), new RefusingTree(Tree(portable), ".gitignore")));
        listing.Ids.ShouldBeEmpty();
        listing.Failures.ShouldHaveSingleItem().HidesDocuments.ShouldBeTrue();
    }

    private static FileTree Tree(bool portable) => portable ? new PortableFileTree() : FileTree.Native;

    private Task<Listing> ListAsync(string below = "", bool portable = false) => Listing.OfAsync(
        new DirectorySource(Options() with { Path = Path.Combine(_folder.Root, below) }, Tree(portable)), read: true);

    private DirectoryOptions Options() => new() { Name = "docs", Path = _folder.Root, Extractors = [new FakeMarkdown()] };
}
