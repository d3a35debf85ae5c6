using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

/// <summary>Files that something outside turns into text.</summary>
public sealed class FileExtractorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_an_extractor_names_is_taken_beside_what_is_known()
    {
        _folder.Write("a.md", "markdown");
        _folder.Write("deep/b.pdf", "bytes");
        _folder.Write("c.bin", "no");

        var listing = await ListAsync(new Shout("**/*.pdf"));

        listing.Ids.ShouldBe(["docs/a.md", "docs/deep/b.pdf"]);
        listing.DocumentOf("docs/a.md").Text.ShouldBe("markdown");
        listing.DocumentOf("docs/deep/b.pdf").Text.ShouldBe("BYTES!");
    }

    [Fact]
    public async Task A_pattern_wins_over_an_ending_and_the_first_pattern_over_the_next()
    {
        _folder.Write("a.md", "markdown");

        var listing = await ListAsync(new Shout("a.*") { Mark = "1" }, new Shout("*") { Mark = "2" });

        listing.DocumentOf("docs/a.md").Text.ShouldBe("MARKDOWN1");
    }

    [Fact]
    public async Task An_include_list_has_the_last_word()
    {
        _folder.Write("a.md");
        _folder.Write("b.pdf");

        var listing = await Listing.OfAsync(new DirectorySource(Options(new Shout("*.pdf")) with { Include = ["*.md"] }));

        listing.Ids.ShouldBe(["docs/a.md"]);
    }

    [Fact]
    public async Task Another_fingerprint_changes_the_tokens_of_its_files_only()
    {
        _folder.Write("a.md");
        _folder.Write("b.pdf");

        var before = await ListAsync(new Shout("*.pdf"));
        var after = await ListAsync(new Shout("*.pdf") { Mark = "?" });

        after.Tokens[0].ShouldBe(before.Tokens[0]);
        after.Tokens[1].ShouldNotBe(before.Tokens[1]);
    }

    [Fact]
    public async Task Nothing_is_run_to_list()
    {
        _folder.Write("b.pdf");
        var extractor = new Shout("*.pdf");

        await Listing.OfAsync(new DirectorySource(Options(extractor)));

        extractor.Runs.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_changes_meanwhile_is_extracted_again()
    {
        var path = _folder.Write("b.pdf", "one");
        var extractor = new Shout("*.pdf") { Meanwhile = run => File.AppendAllText(path, run == 1 ? " more" : "") };

        var listing = await ListAsync(extractor);

        listing.DocumentOf("docs/b.pdf").Text.ShouldBe("ONE MORE!");
        extractor.Runs.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_never_rests_fails_alone()
    {
        var path = _folder.Write("b.pdf", "one");
        var extractor = new Shout("*.pdf") { Meanwhile = _ => File.AppendAllText(path, "x") };

        var listing = await ListAsync(extractor);

        listing.FaultOf("docs/b.pdf").Code.ShouldBe(ErrorCodes.SourceChanging);
        listing.FaultOf("docs/b.pdf").HidesDocuments.ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_over_the_limit_is_not_handed_on()
    {
        _folder.Write("b.pdf", "too long");
        var extractor = new Shout("*.pdf");

        var listing = await Listing.OfAsync(new DirectorySource(Options(extractor) with { MaxFileBytes = 3 }), read: true);

        listing.FaultOf("docs/b.pdf").Code.ShouldBe(ErrorCodes.SourceTooLarge);
        extractor.Runs.ShouldBe(0);
    }

    private Task<Listing> ListAsync(params Shout[] extractors) =>
        Listing.OfAsync(new DirectorySource(Options(extractors)), read: true);

    private DirectoryOptions Options(params Shout[] extractors) => new()
    {
        Name = "docs",
        Path = _folder.Root,
        Extractors = [new FakeMarkdown()],
        FileExtractors = extractors,
    };

    private sealed class Shout(string pattern) : IFileExtractor
    {
        public string Mark { get; init; } = "!";

        public Action<int> Meanwhile { get; init; } = _ => { };

        public int Runs { get; private set; }

        public string Fingerprint => "shout" + Mark;

        public string Pattern => pattern;

        public async ValueTask<ExtractedText> ExtractAsync(OpenFile file, string item, CancellationToken cancellationToken)
        {
            var text = await File.ReadAllTextAsync(file.Path, cancellationToken);
            Meanwhile(++Runs);
            return new ExtractedText(text.ToUpperInvariant() + Mark, DocumentMetadata.Empty);
        }
    }
}
