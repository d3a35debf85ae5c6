using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

/// <summary>Whatever is swapped while a source is read, nothing from outside of its folder is.</summary>
public sealed class BeneathRootTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _outside;

    public BeneathRootTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && !PortableSwitch.IsOn, "Linux opens beneath a folder");
        _outside = Path.Combine(Path.GetDirectoryName(_folder.Root)!, "outside");
        Directory.CreateDirectory(_outside);
        File.WriteAllText(Path.Combine(_outside, "s.md"), "secret");
    }

    /// <summary>With openat2, and by a walk as on kernels that have no such call.</summary>
    public static TheoryData<bool> Ways => [true, false];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_folder_that_becomes_a_link_before_its_file_is_opened_gives_nothing_of_where_it_leads(bool atOnce)
    {
        _folder.Write("d/s.md", "public");

        var listing = await ListAsync(atOnce, "d/s.md", () => Replace("d", "../outside"));

        listing.Read.OfType<ItemException>().ShouldHaveSingleItem().Message.ShouldContain("leads out of the source's folder");
        listing.Documents.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_file_that_becomes_a_link_before_it_is_opened_gives_nothing_of_where_it_leads(bool atOnce)
    {
        _folder.Write("d/s.md", "public");

        var listing = await ListAsync(atOnce, "d/s.md", () => Replace("d/s.md", Path.Combine(_outside, "s.md")));

        listing.FaultOf("docs/d/s.md").Code.ShouldBe(ErrorCodes.SourceUnreadable);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_folder_that_becomes_a_link_before_it_is_listed_is_a_failure_that_hides_documents(bool atOnce)
    {
        _folder.Write("d/s.md", "public");

        var listing = await ListAsync(atOnce, "d", () => Replace("d", "../outside"));

        listing.Ids.ShouldBeEmpty();
        listing.Failures.ShouldHaveSingleItem().HidesDocuments.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Links_that_stay_inside_are_followed_however_they_name_their_target(bool atOnce)
    {
        _folder.Write("x/a.md", "A");
        _folder.Link("relative", "x");
        _folder.Link("absolute", _folder.Path("x"));
        _folder.Link("x/up.md", "../x/a.md");
        _folder.Link("x/whole.md", _folder.Path("x/a.md"));

        var listing = await ListAsync(atOnce, "nothing", () => { });

        listing.Failures.ShouldBeEmpty();
        listing.Documents.Count().ShouldBe(9);
        listing.Documents.ShouldAllBe(d => d.Text == "A");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_source_whose_own_folder_is_reached_through_a_link_is_read(bool atOnce)
    {
        _folder.Write("x/a.md", "A");
        var link = Path.Combine(Path.GetDirectoryName(_folder.Root)!, "link");
        Directory.CreateSymbolicLink(link, "root");
        _folder.Link("absolute.md", _folder.Path("x/a.md"));

        var listing = await Listing.OfAsync(
            new DirectorySource(Options() with { Path = link }, Tree(atOnce, "nothing", () => { })), read: true);

        listing.Documents.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Pages_are_read_after_the_listing_has_ended()
    {
        _folder.Write("a.md", "A");
        var pages = new List<Tidemark.Documents.ListingPage>();
        await foreach (var page in new DirectorySource(Options()).ListAsync(TestContext.Current.CancellationToken))
        {
            pages.Add(page);
        }

        var change = await pages[0].ReadAsync(0, TestContext.Current.CancellationToken);

        change.ShouldNotBeNull();
        pages.ForEach(p => p.Dispose());
    }

    [Theory]
    [InlineData("mkfifo .gitignore")]
    [InlineData("ln -s /dev/zero .tidemarkignore")]
    public async Task An_ignore_file_that_is_a_pipe_or_a_device_is_refused_at_once(string make)
    {
        _folder.Write("a.md");
        Shell.Run(_folder.Root, make);

        var listing = await Listing.OfAsync(new DirectorySource(Options()), read: true);

        listing.Ids.ShouldBeEmpty();
        listing.Failures.ShouldHaveSingleItem().Message.ShouldContain("a pipe or a device");
    }

    private Task<Listing> ListAsync(bool atOnce, string at, Action swap) =>
        Listing.OfAsync(new DirectorySource(Options(), Tree(atOnce, at, swap)), read: true);

    private static SwappingTree Tree(bool atOnce, string at, Action swap) =>
        new(FileTree.Native, root => new LinuxFileTree(new LinuxRoot(root, atOnce)), at, swap);

    private void Replace(string name, string target)
    {
        Shell.Run(_folder.Root, $"mv '{name}' was && ln -s '{target}' '{name}'");
    }

    private DirectoryOptions Options() => new() { Name = "docs", Path = _folder.Root, Extractors = [new FakeMarkdown()] };
}
