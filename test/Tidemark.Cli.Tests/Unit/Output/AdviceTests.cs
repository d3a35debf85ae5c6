using Shouldly;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Output;

/// <summary>A command that is printed means the store and the namespace of the call that prints it.</summary>
public sealed class AdviceTests
{
    [Theory]
    [InlineData("sync docs", "run 'tidemark sync --rebuild' again", "run 'tidemark sync --rebuild' again")]
    [InlineData("sync docs --store sqlite:a.db", "run 'tidemark sync --rebuild' again", "run 'tidemark sync --store sqlite:a.db --rebuild' again")]
    [InlineData("sync --namespace=x docs", "tidemark sync docs --allow-delete", "tidemark sync --namespace x docs --allow-delete")]
    [InlineData("verify --store postgres://u:pw@h/d", "tidemark namespace list", "tidemark namespace list --store postgres://u@h/d")]
    [InlineData("list --store postgres://u:pw@h/d?schema=x", "run 'tidemark sync SOURCE'", "run 'tidemark sync --store \"postgres://u@h/d?schema=x\" SOURCE'")]
    [InlineData("status --namespace nope", "see 'tidemark namespace list'", "see 'tidemark namespace list'")]
    [InlineData("status --namespace=x --store sqlite:a.db", "'tidemark namespace drop y'", "'tidemark namespace drop --store sqlite:a.db y'")]
    [InlineData("search --store sqlite:a.db -- --namespace x", "tidemark verify", "tidemark verify --store sqlite:a.db")]
    [InlineData("sync --store sqlite:a.db", "'tidemark sync --help' says more of tidemark", "'tidemark sync --help' says more of tidemark")]
    [InlineData("store copy --store sqlite:a.db --to sqlite:b.db", "run 'tidemark store copy' again", "run 'tidemark store copy' again")]
    [InlineData("sync --store sqlite:a.db", "tidemark queue status", "tidemark queue status --store sqlite:a.db")]
    [InlineData("sync --store sqlite:a.db", "tidemark syncs nothing, tidemark forgot either", "tidemark syncs nothing, tidemark forgot either")]
    [InlineData("sync --store sqlite:a.db", "tidemark sync '--store=sqlite:x y.db' d", "tidemark sync '--store=sqlite:x y.db' d")]
    [InlineData("plan --store sqlite:a.db", "tidemark plan --out=p.json --store=sqlite:x.db d", "tidemark plan --out=p.json --store=sqlite:x.db d")]
    [InlineData("plan --store sqlite:a.db", "tidemark plan d; tidemark sync --store=sqlite:x.db", "tidemark plan --store sqlite:a.db d; tidemark sync --store=sqlite:x.db")]
    public void It_is_completed_with_what_was_named(string call, string advice, string printed) =>
        new Advice(new RawArguments(call.Split(' '))).Complete(advice).ShouldBe(printed);

    [Theory]
    [InlineData("$(touch pwned)", "'$(touch pwned)'")]
    [InlineData("`id`", "'`id`'")]
    [InlineData("my \"hand\" book", "'my \"hand\" book'")]
    [InlineData("it's", @"'it'\''s'")]
    public void What_was_named_is_one_word_to_a_shell_and_nothing_in_it_is_expanded(string name, string word) =>
        new Advice(new RawArguments(["sync", "--namespace", name])).Complete("tidemark verify").ShouldBe($"tidemark verify --namespace {word}");

    [Fact]
    public void What_a_document_says_is_shown_as_it_stands()
    {
        var advice = new Advice(new RawArguments(["search", "--store", "sqlite:a.db"]));
        Block.Line said = new("then run tidemark sync docs");

        Text(advice.Complete(said)).ShouldBe("then run tidemark sync --store sqlite:a.db docs");
        Text(advice.Complete(said with { IsQuoted = true })).ShouldBe("then run tidemark sync docs");
    }

    private static string Text(Block block) => string.Concat(block.ShouldBeOfType<Block.Line>().Spans.Select(span => span.Text));
}
