using Shouldly;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class GitAddressTests
{
    [Theory]
    [InlineData("repo", "repo", null, "")]
    [InlineData("repo@main", "repo", "main", "")]
    [InlineData("repo@feature/x//docs/guide/", "repo", "feature/x", "docs/guide")]
    [InlineData("repo//docs", "repo", null, "docs")]
    [InlineData("/a/there@1", "/a/there@1", null, "")]
    [InlineData("https://u:p@host/x.git", "https://u:p@host/x.git", null, "")]
    [InlineData("https://u:p@host:8443/@org/x@v1.0//docs", "https://u:p@host:8443/@org/x", "v1.0", "docs")]
    [InlineData("git@host:org/x", "git@host:org/x", null, "")]
    [InlineData("git@host:org/x@main//docs", "git@host:org/x", "main", "docs")]
    [InlineData("file:///srv/x@0123abc", "file:///srv/x", "0123abc", "")]
    public void What_is_typed_is_taken_apart(string text, string repository, string? revision, string folder) =>
        GitAddress.Parse(text, path => path == "/a/there@1").ShouldBe((repository, revision, folder));

    [Theory]
    [InlineData("https://user:token@host/a/b?access_token=x#y", "https://host/a/b")]
    [InlineData("https://token@host", "https://host")]
    [InlineData("ssh://git:secret@host:22/a", "ssh://git@host:22/a")]
    [InlineData("git@host:a/b", "git@host:a/b")]
    [InlineData("/srv/a", "/srv/a")]
    public void What_is_shown_has_no_secrets(string repository, string shown) => GitAddress.WithoutSecrets(repository).ShouldBe(shown);

    [Theory]
    [InlineData("--upload-pack=touch x")]
    [InlineData("")]
    [InlineData("ext::sh -c x")]
    [InlineData("fd::17")]
    [InlineData("gopher://host/x")]
    [InlineData("ssh://-oProxyCommand=x/y")]
    [InlineData("ssh://user@-oProxyCommand=x/y")]
    [InlineData("http://user:secret@host/x")]
    [InlineData("a\nb")]
    public void What_is_no_repository_is_refused(string repository)
    {
        var refusal = Should.Throw<TidemarkException>(() => GitAddress.Check(repository));

        refusal.Code.ShouldBe(ErrorCodes.Usage);
        refusal.Message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("-x")]
    [InlineData("--output=x")]
    [InlineData("a:b")]
    [InlineData("")]
    [InlineData("a b")]
    public void What_is_no_revision_is_refused(string revision) => Should.Throw<TidemarkException>(() => GitAddress.CheckRevision(revision));

    [Theory]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("-a")]
    [InlineData("a//b")]
    public void What_leads_out_of_the_tree_is_refused(string folder) => Should.Throw<TidemarkException>(() => GitAddress.CheckFolder(folder));

    [Theory]
    [InlineData("https://host/org/handbook.git", "handbook")]
    [InlineData("git@host:handbook", "handbook")]
    [InlineData("https://host/", "host")]
    public void A_repository_is_called_as_its_address_ends(string repository, string name) => GitAddress.NameOf(repository).ShouldBe(name);
}
