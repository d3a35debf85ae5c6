using System.Text;
using Shouldly;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

/// <summary>Every case is asked of git too, where it is on the machine, so the table itself is checked.</summary>
public sealed class IgnoreScopeTests
{
    public static TheoryData<string, string, bool> Cases => new()
    {
        { "*.md", "a.md", true },
        { "*.md", "x/y/a.md", true },
        { "*.md", "a.mdx", false },
        { "/a.md", "a.md", true },
        { "/a.md", "x/a.md", false },
        { "x/a.md", "x/a.md", true },
        { "x/a.md", "y/x/a.md", false },
        { "x/", "x/a.md", true },
        { "x/", "y/x/a.md", true },
        { "x/", "x", false },
        { "x", "x", true },
        { "/x/", "y/x/a.md", false },
        { "y/x/", "y/x/a.md", true },
        { "**/x", "x", true },
        { "**/x", "a/b/x", true },
        { "**/x/a.md", "b/x/a.md", true },
        { "x/**", "x/a.md", true },
        { "x/**", "x/y/a.md", true },
        { "x/**", "x", false },
        { "x/**/a.md", "x/a.md", true },
        { "x/**/a.md", "x/b/c/a.md", true },
        { "x/**/a.md", "y/x/a.md", false },
        { "a**b", "axxb", true },
        { "a**b", "ax/xb", false },
        { "x/a**", "x/abc", true },
        { "**", "a/b", true },
        { "/**", "a.md", true },
        { "***/x", "b/x", true },
        { "?.md", "a.md", true },
        { "?.md", "ab.md", false },
        { "?.md", "é.md", false },
        { "??.md", "é.md", true },
        { "x?a.md", "x/a.md", false },
        { "[a-c].md", "b.md", true },
        { "[a-c].md", "d.md", false },
        { "[!a-c].md", "d.md", true },
        { "[^a-c].md", "b.md", false },
        { "[]].md", "].md", true },
        { "[]a].md", "a.md", true },
        { "[!]].md", "a.md", true },
        { "[a-].md", "-.md", true },
        { "[-a].md", "-.md", true },
        { "[a\\]b].md", "].md", true },
        { "[[:digit:]].md", "7.md", true },
        { "[[:digit:]].md", "x.md", false },
        { "[![:alpha:]].md", "7.md", true },
        { "[[:nothing:]].md", "7.md", false },
        { "[a.md", "[a.md", false },
        { "x[/]a.md", "x/a.md", false },
        { "\\#a.md", "#a.md", true },
        { "#a.md", "#a.md", false },
        { "\\!a.md", "!a.md", true },
        { "a\\*.md", "a*.md", true },
        { "a\\*.md", "ab.md", false },
        { "a.md ", "a.md", true },
        { "a.md\\ ", "a.md ", true },
        { "a.md\\ ", "a.md", false },
        { "a.md\\  ", "a.md ", true },
        { "a b.md", "a b.md", true },
        { " a.md", "a.md", false },
        { "a.md\t", "a.md", false },
        { "a.md\r", "a.md", true },
        { "a\\", "a", false },
        { "", "a.md", false },
        { "/", "a.md", false },
        { "x//", "x/a.md", false },
        { "*", "a/b.md", true },
        { "*/a.md", "x/a.md", true },
        { "*/a.md", "a.md", false },
        { "*/a.md", "x/y/a.md", false },
        { "*.md\n!a.md", "a.md", false },
        { "*.md\n!a.md", "b.md", true },
        { "!a.md\n*.md", "a.md", true },
        { "x/\n!x/a.md", "x/a.md", true },
        { "x/*\n!x/a.md", "x/a.md", false },
        { "/*\n!/x\n/x/*\n!/x/y", "x/y/a.md", false },
        { "/*\n!/x\n/x/*\n!/x/y", "x/z/a.md", true },
        { "*.log\n!*.log", "a.log", false },
        { "a*b*c", "aXbXc", true },
        { "a*b*c", "aXcXb", false },
        { "*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false },
        { "dö*", "döcs/a.md", true },
        { "x/*.md", "x/a.md", true },
        { "x/*.md", "x/y/a.md", false },
        { "*.[mM][dD]", "A.MD", true },
        { "{a,b}.md", "a.md", false },
        { "./a.md", "a.md", false },
        { "a.md/", "a.md", false },
        { "a**/[^b]", "ac", true },
        { "a**/[^b]", "ab", false },
        { "x/a**/b", "x/ab", true },
        { "x/a**/b", "x/ay/z/b", true },
        { "?**/b", "ab", false },
        { "?**/b", "ax/y/b", false },
        { "x/a**", "x/a", true },
        { "/[a-/[[:space:]]", "a", true },
        { "[b-a]", "b", true },
        { "[b-a]", "a", false },
        { "[^a-/]", "a", false },
        { "[^a-/]", "b", true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Patterns_mean_what_they_mean_to_git(string rules, string path, bool ignored)
    {
        Ignores(rules, path).ShouldBe(ignored);
    }

    [Fact]
    public void The_table_is_what_git_says()
    {
        Assert.SkipUnless(Git.IsInstalled, "there is no git on this machine");
        using var folder = new TemporaryFolder();
        Git.Run(folder.Root, "init", "-q");
        foreach (var (rules, path, ignored) in Cases.Select(c => c.Data))
        {
            foreach (var entry in Directory.GetFileSystemEntries(folder.Root).Where(e => !e.EndsWith("/.git", StringComparison.Ordinal)))
            {
                if (Directory.Exists(entry))
                {
                    Directory.Delete(entry, recursive: true);
                }
                else
                {
                    File.Delete(entry);
                }
            }

            folder.Write(".gitignore", rules);
            folder.Write(path);
            Git.Ignores(folder.Root, path).ShouldBe(ignored, $"{rules} on {path}");
        }
    }

    [Fact]
    public void A_deeper_file_has_the_last_word()
    {
        var outer = Scope(null, "*.md\n", 0);
        var inner = Scope(outer, "!keep.md\n", 2);
        inner.Ignores("x/keep.md"u8, isFolder: false).ShouldBeFalse();
        inner.Ignores("x/other.md"u8, isFolder: false).ShouldBeTrue();
    }

    [Theory]
    [InlineData("a.md\n!*.md\n", false)]
    [InlineData("!*.md\na.md\n", true)]
    [InlineData("a.md\n!a.md\n", false)]
    [InlineData("a.md\n*.txt\n!a.md\n*.md\n", true)]
    [InlineData("!a.md\na.md/\n", false)]
    [InlineData("*.md\n!a.md/\n", true)]
    public void The_last_rule_decides_whether_it_names_one_name_or_many(string rules, bool ignored) =>
        Ignores(rules, "x/a.md").ShouldBe(ignored);

    /// <summary>Takes minutes where each name is compared with each rule.</summary>
    [Fact]
    public void Very_many_names_are_looked_up()
    {
        var scope = Scope(null, string.Concat(Enumerable.Range(0, 60_000).Select(i => $"name{i}.md\n")), 0);
        for (var i = 0; i < 300_000; i++)
        {
            scope.Ignores(Encoding.UTF8.GetBytes($"x/name{i}.md"), isFolder: false).ShouldBe(i < 60_000);
        }
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_rule()
    {
        Ignores("\uFEFFa.md", "a.md").ShouldBeTrue();
    }

    private static IgnoreScope Scope(IgnoreScope? outer, string rules, int start) =>
        IgnoreScope.Enter(outer, Encoding.UTF8.GetBytes(rules), start)!;

    /// <summary>As a walk does: what lies in an ignored folder is ignored with it.</summary>
    private static bool Ignores(string rules, string path)
    {
        var scope = IgnoreScope.Enter(null, Encoding.UTF8.GetBytes(rules), 0);
        if (scope is null)
        {
            return false;
        }

        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (scope.Ignores(Encoding.UTF8.GetBytes(path[..slash]), isFolder: true))
            {
                return true;
            }
        }

        return scope.Ignores(Encoding.UTF8.GetBytes(path), isFolder: false);
    }
}
