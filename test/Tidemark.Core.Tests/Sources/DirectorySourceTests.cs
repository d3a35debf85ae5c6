using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class DirectorySourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The Linux tree and the one for other systems must give the same, links aside.</summary>
    public static TheoryData<bool> Trees => OperatingSystem.IsLinux() ? [false, true] : [true];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task Text_files_are_listed_in_the_order_of_their_paths_without_hidden_ones(bool portable)
    {
        foreach (var path in (string[])["b.md", "a/z.txt", "a.md", "a-b/c.RST", "a/.hidden/x.md", ".dot.md", "code.cs", "~$b.md", ".#b.md", "#b.md#.md~", "Thumbs.db"])
        {
            _folder.Write(path);
        }

        var listing = await ListAsync(portable, o => o);
        listing.Ids.ShouldBe(["docs/a-b/c.RST", "docs/a.md", "docs/a/z.txt", "docs/b.md"]);
        listing.Failures.ShouldBeEmpty();
        listing.Bytes.ShouldBe(4 * 4);
        listing.Documents.ShouldAllBe(d => d.Text == "text" && d.SourceId == d.Id && d.Metadata.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task A_part_is_listed_with_the_ids_patterns_and_ignore_files_of_the_whole(bool portable)
    {
        foreach (var path in (string[])
            ["a.md", "guide/b.md", "guide/draft.md", "guide/deep/c.md", "guide/no/d.md", "guidebook/e.md", "api/f.md", "guide.md"])
        {
            _folder.Write(path);
        }

        _folder.Write(".gitignore", "draft.md\n");
        var listing = await ListAsync(portable, o => o with { Parts = ["guide"], Exclude = ["/guide/no"] });
        var two = await ListAsync(portable, o => o with { Parts = ["guide/deep", "api"] });

        listing.Ids.ShouldBe(["docs/guide/b.md", "docs/guide/deep/c.md"]);
        two.Ids.ShouldBe(["docs/api/f.md", "docs/guide/deep/c.md"]);
    }

    [Fact]
    public async Task A_part_that_is_not_there_is_missing()
    {
        _folder.Write("a.md");

        (await Should.ThrowAsync<TidemarkException>(() => ListAsync(portable: false, o => o with { Parts = ["gone"] })))
            .Code.ShouldBe(ErrorCodes.SourceMissing);
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task What_nothing_reads_is_counted_by_its_ending(bool portable)
    {
        foreach (var path in (string[])
            ["a.md", "b.ipynb", "x/c.IPYNB", "x/d.xlsx", "LICENSE", ".hidden/e.xlsx", ".env", "gen/f.xlsx", "ignored.xlsx", "~$a.docx", "a.md~", "#a.md#", ".#a.md", "x/.a.md.swp", "a.swp", "x/Thumbs.db", "desktop.ini"])
        {
            _folder.Write(path);
        }

        _folder.Write(".gitignore", "ignored.xlsx\n");
        var listing = await ListAsync(portable, o => o with { Exclude = ["gen/"] });

        listing.Ids.ShouldBe(["docs/a.md"]);
        listing.NotTaken.ShouldBe(new Dictionary<string, long> { [".ipynb"] = 2, [".xlsx"] = 1, [""] = 1 }, ignoreOrder: true);
        (await ListAsync(portable, o => o with { Include = ["*.md"] })).NotTaken.ShouldBeEmpty("only that was asked for");
    }

    [Fact]
    public async Task A_signal_is_heard_between_two_entries_that_are_not_taken()
    {
        _folder.Write("a.md");
        using var stop = new CancellationTokenSource();
        var scan = new FolderScan(FileTree.Native, new DirectoryOptions { Name = "docs", Path = _folder.Root }, Encoding.UTF8.GetBytes(_folder.Root), stop.Token);
        await stop.CancelAsync();

        Should.Throw<OperationCanceledException>(() => scan.Read(new PathBuffer(Encoding.UTF8.GetBytes(_folder.Root)), null, null, []));
    }

    [Fact]
    public async Task A_changed_extractor_changes_the_tokens()
    {
        _folder.Write("a.txt");

        var before = await ListAsync(portable: false, o => o);
        var after = await ListAsync(portable: false, o => o with { Extractors = [new PlainTextExtractor(), new FakeMarkdown()] });

        after.Tokens.Single().ShouldNotBe(before.Tokens.Single());
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task Include_takes_the_place_of_the_known_endings_and_exclude_goes_before_it(bool portable)
    {
        foreach (var path in (string[])["a.md", "b.cs", "x/c.cs", "x/gen/d.cs", "y/e.cs"])
        {
            _folder.Write(path);
        }

        var listing = await ListAsync(portable, o => o with { Include = ["*.cs"], Exclude = ["gen/", "/y/**"] });
        listing.Ids.ShouldBe(["docs/b.cs", "docs/x/c.cs"]);
        listing.DocumentOf("docs/b.cs").Text.ShouldBe("text");
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task Ignore_files_of_every_folder_count_and_can_be_switched_off(bool portable)
    {
        foreach (var path in (string[])["a.md", "b.md", "x/a.md", "x/c.md", "x/keep.md", "out/d.md"])
        {
            _folder.Write(path);
        }

        _folder.Write(".gitignore", "/b.md\nout/\nkeep.md\n");
        _folder.Write("x/.gitignore", "!keep.md\n");
        _folder.Write("x/.tidemarkignore", "c.md\n");
        (await ListAsync(portable, o => o)).Ids.ShouldBe(["docs/a.md", "docs/x/a.md", "docs/x/keep.md"]);
        (await ListAsync(portable, o => o with { NoIgnore = true })).Ids.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Ignore_files_above_count_up_to_the_top_of_the_repository_only()
    {
        var outer = Path.GetDirectoryName(_folder.Root)!;
        await File.WriteAllTextAsync(Path.Combine(outer, ".gitignore"), "drafts/\nroot/x/\nroot/\n", Token);
        _folder.Write("a.md");
        _folder.Write("drafts/b.md");
        _folder.Write("x/c.md");
        (await ListAsync(false, o => o)).Ids.Count.ShouldBe(3);
        Directory.CreateDirectory(Path.Combine(outer, ".git"));
        (await ListAsync(false, o => o)).Ids.ShouldBe(["docs/a.md"]);
        Directory.CreateDirectory(_folder.Path(".git"));
        (await ListAsync(false, o => o)).Ids.Count.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task A_matched_file_that_cannot_be_taken_is_listed_and_fails_when_read(bool portable)
    {
        _folder.Write("binary.md", [65, 0, 66]);
        _folder.Write("latin.md", [65, 0xE9, 66]);
        _folder.Write("large.md", new string('x', 101));
        _folder.Write("good.md", "\uFEFFä");
        var listing = await ListAsync(portable, o => o with { MaxFileBytes = 100 });
        listing.Failures.ShouldBeEmpty();
        listing.FaultOf("docs/binary.md").Code.ShouldBe(ErrorCodes.SourceBinary);
        listing.FaultOf("docs/latin.md").Code.ShouldBe(ErrorCodes.SourceEncoding);
        listing.FaultOf("docs/latin.md").Message.ShouldContain("at byte 1");
        listing.FaultOf("docs/large.md").Code.ShouldBe(ErrorCodes.SourceTooLarge);
        listing.DocumentOf("docs/good.md").Text.ShouldBe("ä");
    }

    [Fact]
    public async Task Utf16_with_its_mark_is_decoded()
    {
        _folder.Write("a.txt", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("größer")]);
        _folder.Write("b.txt", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("größer")]);
        (await ListAsync(false, o => o)).Documents.ShouldAllBe(d => d.Text == "größer");
    }

    [Fact]
    public async Task A_missing_folder_is_said_to_be_missing()
    {
        var error = await Should.ThrowAsync<TidemarkException>(() =>
            ListAsync(false, o => o with { Path = _folder.Path("nowhere") }));
        error.Code.ShouldBe(ErrorCodes.SourceMissing);
        error.Message.ShouldContain("nowhere");
    }

    [Fact]
    public async Task A_file_is_no_folder()
    {
        var file = _folder.Write("a.md");
        var error = await Should.ThrowAsync<TidemarkException>(() => ListAsync(false, o => o with { Path = file }));
        error.Message.ShouldContain("is a file");
    }

    [Fact]
    public async Task An_empty_folder_is_one_page_of_nothing()
    {
        var listing = await ListAsync(false, o => o);
        listing.Ids.ShouldBeEmpty();
        listing.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_files_come_in_pages_and_each_once()
    {
        for (var i = 0; i < 1_300; i++)
        {
            _folder.Write($"{i % 7}/{new string('x', i % 50)}{i}.md");
        }

        var listing = await ListAsync(false, o => o, read: false);
        listing.Ids.Count.ShouldBe(1_300);
        listing.Ids.ShouldBe(listing.Ids.Order(StringComparer.Ordinal));
        listing.Ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(1_300);
    }

    [Fact]
    public async Task Newlines_and_emoji_in_names_are_kept_and_shown_escaped()
    {
        _folder.Write("a\nb.md");
        _folder.Write("👍.md", [0]);
        await using var pages = Source(false, o => o).ListAsync(Token).GetAsyncEnumerator(Token);
        (await pages.MoveNextAsync()).ShouldBeTrue();
        using var page = pages.Current;
        page.Items.Length.ShouldBe(2);
        Encoding.UTF8.GetString(page.Items[0].Id.Span).ShouldBe("docs/a\nb.md");
        page.Describe(0).ShouldBe(@"docs/a\nb.md");
        page.Describe(1).ShouldBe("docs/👍.md");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DirectorySource Source(bool portable, Func<DirectoryOptions, DirectoryOptions> with) => new(
        with(new DirectoryOptions { Name = "docs", Path = _folder.Root, Extractors = [new FakeMarkdown(), new PlainTextExtractor()] }),
        portable ? new PortableFileTree() : FileTree.Native);

    private Task<Listing> ListAsync(bool portable, Func<DirectoryOptions, DirectoryOptions> with, bool read = true) =>
        Listing.OfAsync(Source(portable, with), read);
}
