using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class GitSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GitSourceTests()
    {
        Assert.SkipUnless(Git.IsInstalled, "git is not installed");
        Git.Run(_folder.Root, "init", "--quiet", "--initial-branch=main");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_tree_gives_the_documents_that_its_folder_gives_in_their_order()
    {
        foreach (var path in (string[])
            ["docs/b.md", "docs/a/z.txt", "docs/a.md", "docs/a-b/c.RST", "docs/a/.hidden/x.md", "docs/.dot.md", "docs/code.cs", "docs/~$b.md", "docs/Ü ö\"\t.md", "other/x.md"])
        {
            _folder.Write(path, $"text of {path}");
        }

        Commit();

        var tree = await ListAsync(o => o with { Folder = "docs" });
        var folder = await Listing.OfAsync(new DirectorySource(new DirectoryOptions { Name = "docs", Path = _folder.Path("docs"), Extractors = [new PlainTextExtractor(), new FakeMarkdown()] }), read: true);

        tree.Ids.ShouldBe(folder.Ids);
        tree.Documents.Select(d => (d.Id, d.SourceId, d.Text)).ShouldBe(folder.Documents.Select(d => (d.Id, d.SourceId, d.Text)));
        tree.NotTaken.ShouldBe(folder.NotTaken);
        tree.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_of_a_work_tree_is_that_folder_of_the_tree_and_only_what_is_committed_counts()
    {
        _folder.Write("docs/guide/a.md", "committed");
        Commit();
        _folder.Write("docs/guide/a.md", "not committed");
        _folder.Write("docs/guide/new.md");

        var listing = await ListAsync(o => o with { Repository = _folder.Path("docs"), Folder = "guide" });

        listing.Documents.Single().Text.ShouldBe("committed");
        listing.Ids.ShouldBe(["docs/a.md"]);
    }

    [Fact]
    public async Task A_token_is_the_blob_whatever_its_commit_and_changes_with_the_extractors()
    {
        _folder.Write("a.md", "same");
        _folder.Write("b.md", "before");
        Commit();
        var first = await ListAsync();
        _folder.Write("b.md", "after");
        _folder.Write("c/a.md", "same");
        Commit();
        var second = await ListAsync();

        second.Ids.ShouldBe(["docs/a.md", "docs/b.md", "docs/c/a.md"]);
        second.Tokens[0].ShouldBe(first.Tokens[0]);
        second.Tokens[1].ShouldNotBe(first.Tokens[1]);
        second.Tokens[2].ShouldBe(first.Tokens[0]);
        second.Documents.Select(d => d.Token).ShouldBe(second.Tokens);
        var other = await ListAsync(o => o with { Extractors = [new FakeMarkdown()] });
        other.Tokens[0].ShouldNotBe(second.Tokens[0]);
        other.Tokens[0].IsOtherReadingOf(second.Tokens[0]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_branch_a_tag_or_a_commit_is_listed_without_a_work_tree()
    {
        _folder.Write("a.md", "one");
        Commit("tag", "v1");
        var commit = Git.Output(_folder.Root, "rev-parse", "HEAD");
        _folder.Write("a.md", "two");
        Commit("branch", "feature/x");
        _folder.Write("a.md", "three");
        Commit();
        var bare = _folder.Path("../bare.git");
        Git.Run(_folder.Root, "clone", "--quiet", "--bare", ".", bare);

        foreach (var (revision, text) in new[] { ("v1", "one"), (commit, "one"), (commit[..10], "one"), ("feature/x", "two"), ("main~1", "two"), (null, "three") })
        {
            (await ListAsync(o => o with { Repository = bare, Revision = revision })).Documents.Single().Text.ShouldBe(text);
        }

        (await ListAsync()).Documents.Single().ChangedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_lies_elsewhere_is_fetched_and_followed()
    {
        _folder.Write("a.md", "one");
        Commit();
        var commit = Git.Output(_folder.Root, "rev-parse", "HEAD");
        GitOptions Elsewhere(GitOptions o) => o with { Repository = $"file://{_folder.Root}", CacheFolder = _folder.Path("../cache"), Revision = "main" };

        (await ListAsync(Elsewhere)).Documents.Single().Text.ShouldBe("one");
        _folder.Write("a.md", "two");
        Commit();
        (await ListAsync(Elsewhere)).Documents.Single().Text.ShouldBe("two");
        Git.Run(_folder.Root, "checkout", "--quiet", "--orphan", "rewritten");
        _folder.Write("a.md", "three");
        Commit("branch", "--force", "main");
        (await ListAsync(Elsewhere)).Documents.Single().Text.ShouldBe("three");
        (await ListAsync(o => Elsewhere(o) with { Revision = commit })).Documents.Single().Text.ShouldBe("one");

        (await FailureAsync(o => Elsewhere(o) with { Revision = "nowhere" })).Code.ShouldBe(ErrorCodes.SourceMissing);
        (await FailureAsync(o => Elsewhere(o) with { Repository = "file:///nowhere/at-all" })).Code.ShouldBe(ErrorCodes.SourceUnreadable);
    }

    /// <summary>More than is kept of what git lists, so that git is asked twice.</summary>
    [Fact]
    public async Task A_tree_whose_listing_is_larger_than_what_is_kept_is_listed_whole_and_in_order()
    {
        const int Files = 90_000;
        var import = new StringBuilder("blob\nmark :1\ndata 4\nsame\ncommit refs/heads/main\ncommitter A <a@example.org> 1700000000 +0000\ndata 0\n");
        var name = new string('n', 150);
        for (var i = 0; i < Files; i++)
        {
            import.Append(System.Globalization.CultureInfo.InvariantCulture, $"M 100644 :1 docs/{i % 100:00}/{i:000000}-{name}.md\n");
        }

        Git.Feed(_folder.Root, import.Append("M 100644 inline docs/.tidemarkignore\ndata 4\n/07\n").ToString(), "fast-import", "--quiet");
        Git.Output(_folder.Root, "ls-tree", "-r", "main").Length.ShouldBeGreaterThan(16 << 20);

        var listing = await Listing.OfAsync(SourceOf(o => o with { Folder = "docs" }));

        listing.Ids.Count.ShouldBe(Files * 99 / 100);
        listing.Ids.ShouldBe(listing.Ids.Order(StringComparer.Ordinal));
        listing.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ignore_files_of_the_tree_count_and_what_is_ignored_by_git_does_not()
    {
        _folder.Write(".gitignore", "ignored.md\n");
        _folder.Write(".tidemarkignore", "/docs/top.md\ndraft-*\n");
        _folder.Write("docs/.tidemarkignore", "no/\n!draft-but.md\n");
        foreach (var name in (string[])["(first).md", "top.md", "draft-a.md", "draft-but.md", "no/x.md", "yes/ignored.md", "yes/no/y.md"])
        {
            _folder.Write($"docs/{name}", name);
        }

        Commit();

        var listing = await ListAsync(o => o with { Folder = "docs" });

        listing.Ids.ShouldBe(["docs/(first).md", "docs/draft-but.md", "docs/yes/ignored.md"]);
        (await ListAsync(o => o with { Folder = "docs", NoIgnore = true })).Ids.Count.ShouldBe(7);
        (await ListAsync(o => o with { Folder = "docs", Include = ["top.md", "yes/**"], Exclude = ["no"], NoIgnore = true })).Ids
            .ShouldBe(["docs/top.md", "docs/yes/ignored.md"]);
    }

    [Fact]
    public async Task Links_submodules_and_pointers_are_counted_and_said()
    {
        _folder.Write("a.md");
        _folder.Link("b.md", "a.md");
        _folder.Write(".gitattributes", "*.pdf filter=lfs diff=lfs merge=lfs -text\nplain.txt filter=lfs\nplain.txt -filter\n*.rst filter=lfs\n");
        _folder.Write("whole.rst", "committed as it is");
        const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
        _folder.Write("manual.pdf", Pointer);
        _folder.Write("plain.txt", Pointer);
        Git.Run(_folder.Root, "config", "filter.lfs.clean", "cat");
        Commit();
        Git.Run(_folder.Root, "update-index", "--add", "--cacheinfo", $"160000,{Git.Output(_folder.Root, "rev-parse", "HEAD")},module");
        Git.Run(_folder.Root, [.. Git.Person, "commit", "--quiet", "-m", "module"]);

        var listing = await ListAsync(o => o with { Include = ["*.{md,pdf,txt,rst}"] });

        listing.Ids.ShouldBe(["docs/a.md", "docs/plain.txt", "docs/whole.rst"]);
        listing.NotTaken.ShouldBe(new Dictionary<string, long> { ["lfs"] = 1, ["link"] = 1, ["submodule"] = 1 }, ignoreOrder: true);
        listing.Warnings.Single().Code.ShouldBe(ErrorCodes.SourcePointer);
        listing.FaultOf("docs/plain.txt").Message.ShouldContain("git LFS");
    }

    [Fact]
    public async Task A_file_that_is_too_large_binary_or_named_badly_fails_alone()
    {
        _folder.Write("a.md");
        _folder.Write("large.md", new string('x', 3 << 20));
        _folder.Write("less.md", new string('x', 2000));
        _folder.Write("nul.md", "a\0b");
        _folder.Write("z.md");
        Commit();

        var listing = await ListAsync(o => o with { MaxFileBytes = 1000 });

        listing.FaultOf("docs/large.md").Code.ShouldBe(ErrorCodes.SourceTooLarge);
        listing.FaultOf("docs/less.md").Code.ShouldBe(ErrorCodes.SourceTooLarge);
        listing.FaultOf("docs/nul.md").Code.ShouldBe(ErrorCodes.SourceBinary);
        listing.Documents.Select(d => d.Id).ShouldBe(["docs/a.md", "docs/z.md"]);
    }

    [Fact]
    public async Task A_repository_runs_no_program_of_its_own()
    {
        _folder.Write("a.md");
        _folder.Write("b.md", "its blob is not there");
        Commit();
        var blob = Git.Output(_folder.Root, "rev-parse", "HEAD:b.md");
        File.Delete(_folder.Path($".git/objects/{blob[..2]}/{blob[2..]}"));
        var trace = _folder.Path("../ran");
        foreach (var name in (string[])
            ["core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "uploadpack.packObjectsHook", "gpg.program", "core.alternateRefsCommand", "diff.external", "filter.x.smudge", "core.askPass"])
        {
            Git.Run(_folder.Root, "config", name, $"touch {trace}; false");
        }

        Git.Run(_folder.Root, "config", "log.showSignature", "true");
        Git.Run(_folder.Root, "config", "remote.evil.url", $"ext::sh -c 'touch {trace}'");
        Git.Run(_folder.Root, "config", "remote.evil.promisor", "true");
        Git.Run(_folder.Root, "config", "extensions.partialClone", "evil");
        Git.Run(_folder.Root, "config", "protocol.ext.allow", "always");
        Git.Run(_folder.Root, "config", "core.repositoryFormatVersion", "1");
        _folder.Write(".git/hooks/post-checkout", $"#!/bin/sh\ntouch {trace}\n");

        var listing = await ListAsync();

        listing.Documents.Single().Id.ShouldBe("docs/a.md");
        listing.FaultOf("docs/b.md").Code.ShouldBe(ErrorCodes.SourceUnreadable);
        File.Exists(trace).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_not_there_is_said_with_its_remedy()
    {
        (await FailureAsync(o => o)).Message.ShouldContain("no commit yet");
        _folder.Write("docs/a.md");
        Commit();

        (await FailureAsync(o => o with { Revision = "nowhere" })).Message.ShouldContain("'nowhere'");
        (await FailureAsync(o => o with { Folder = "gone" })).Code.ShouldBe(ErrorCodes.SourceMissing);
        (await FailureAsync(o => o with { Folder = "docs/a.md" })).Code.ShouldBe(ErrorCodes.SourceMissing);
        (await FailureAsync(o => o with { Repository = _folder.Path("nowhere") })).Code.ShouldBe(ErrorCodes.SourceMissing);
        (await FailureAsync(o => o with { Repository = Path.GetTempPath() })).Code.ShouldBe(ErrorCodes.SourceMissing);
    }

    [Fact]
    public async Task A_program_reads_a_copy()
    {
        _folder.Write("a.odd", "what it holds");
        Commit();

        var listing = await ListAsync(o => o with { FileExtractors = [new Reading()] });

        listing.Documents.Single().Text.ShouldBe("read: what it holds");
    }

    private void Commit(params string[] then)
    {
        Git.Run(_folder.Root, "add", "--all", "--force");
        Git.Run(_folder.Root, [.. Git.Person, "commit", "--quiet", "--allow-empty", "-m", "x"]);
        if (then.Length > 0)
        {
            Git.Run(_folder.Root, then);
        }
    }

    private Task<Listing> ListAsync(Func<GitOptions, GitOptions>? with = null) => Listing.OfAsync(SourceOf(with ?? (o => o)), read: true);

    private Task<TidemarkException> FailureAsync(Func<GitOptions, GitOptions> with) => Should.ThrowAsync<TidemarkException>(() => ListAsync(with));

    private GitSource SourceOf(Func<GitOptions, GitOptions> with) => new(with(new GitOptions { Name = "docs", Repository = _folder.Root, Extractors = [new PlainTextExtractor(), new FakeMarkdown()] }));

    private sealed class Reading : IFileExtractor
    {
        public string Fingerprint => "reading";

        public string Pattern => "*.odd";

        public ValueTask<ExtractedText> ExtractAsync(OpenFile file, string item, CancellationToken cancellationToken)
        {
            Path.GetExtension(file.Path).ShouldBe(".odd");
            return new(new ExtractedText("read: " + Encoding.UTF8.GetString(File.ReadAllBytes(file.Path)), DocumentMetadata.Empty));
        }
    }
}
