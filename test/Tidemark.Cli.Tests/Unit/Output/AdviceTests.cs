using Shouldly;
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
    [InlineData("search --store sqlite:a.db -- --namespace x", "tidemark verify", "tidemark verify --store sqlite:a.db")]
    [InlineData("sync --store sqlite:a.db", "'tidemark sync --help' says more of tidemark", "'tidemark sync --help' says more of tidemark")]
    public void It_is_completed_with_what_was_named(string call, string advice, string printed) =>
        new Advice(call.Split(' ')).Complete(advice).ShouldBe(printed);
}
