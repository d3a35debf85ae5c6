using Shouldly;
using Tidemark.Server.Hooks;
using Xunit;

namespace Tidemark.Server.Tests.Hooks;

/// <summary>A mistake in a webhook is told when the service starts, with the hook, the thing and the remedy.</summary>
public sealed class HookChecksTests
{
    private static readonly HookMapping Good = new() { Id = "/id", Text = "/text", Version = "/v" };

    private static readonly Dictionary<string, HookMapping> Two = new() { ["a"] = Good, ["b"] = Good with { Id = "" } };

    [Theory]
    [InlineData("has no 'id'")]
    [InlineData("has no 'text'")]
    [InlineData("'id' is the same for every event")]
    [InlineData("nothing says which of them an event is for")]
    [InlineData("no 'mappings' to choose from")]
    [InlineData("the mapping 'b': it has no 'id'")]
    [InlineData("nothing orders its events")]
    [InlineData("'id': the pointer '/a~' has a '~'")]
    [InlineData("'text': '{/a' has a '{' without a '}'")]
    [InlineData("'text': the pointer 'a' does not begin with '/'")]
    [InlineData("'metadata': 'price' is neither")]
    [InlineData("the event 'a' stands in two")]
    [InlineData("name is no name in an address")]
    [InlineData("it has none")]
    [InlineData("secret number 2 is none")]
    [InlineData("has secrets, and no signature")]
    [InlineData("Debezium's events say themselves")]
    [InlineData("'toleranceSeconds'")]
    [InlineData("'header:' names no header")]
    public void It_is_told(string message)
    {
        var failure = Should.Throw<TidemarkException>(() => new HookSet([Wrong(message)]));

        failure.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        failure.Message.ShouldContain(message);
        failure.Message.ShouldContain("the hook '");
        failure.Remedy.ShouldNotBeEmpty();
        (failure.Message + failure.Remedy).ShouldNotContain("hush");
    }

    [Fact]
    public void All_mistakes_of_all_hooks_are_told_at_once()
    {
        var failure = Should.Throw<TidemarkException>(() => new HookSet(
        [
            new HookOptions { Name = "a", Mapping = new HookMapping() }, new HookOptions { Name = "b", Mapping = Good with { Id = "" } }, new HookOptions { Name = "b", Mapping = Good },
        ]));

        failure.Message.ShouldContain("the hook 'a': it has no 'id'");
        failure.Message.ShouldContain("the hook 'a': it has no 'text'");
        failure.Message.ShouldContain("the hook 'b': it has no 'id'");
        failure.Message.ShouldContain("two hooks are called 'b'");
    }

    [Fact]
    public void What_prints_a_hook_prints_no_secret()
    {
        const string Secret = "a secret that nobody may see";
        var options = new HookOptions { Name = "a", Signature = HookSignature.GitHub, Secrets = [Secret], Mapping = Good };

        var hook = new HookSet([options]).Find("a")!;

        $"{hook} {new ServerOptions { Hooks = [options] }}".ShouldNotContain("nobody");
    }

    private static HookOptions Wrong(string message) => message switch
    {
        "has no 'id'" => Of(Good with { Id = "" }),
        "'id' is the same for every event" => Of(Good with { Id = "fixed" }),
        "nothing says which of them an event is for" => new HookOptions { Name = "a", Mapping = Good, Mappings = Two },
        "no 'mappings' to choose from" => new HookOptions { Name = "a", Mapping = Good, By = "/table" },
        "the mapping 'b': it has no 'id'" => new HookOptions { Name = "a", Mapping = Good, By = "/table", Mappings = Two },
        "has no 'text'" => Of(Good with { Text = null }),
        "nothing orders its events" => Of(Good with { Version = null }),
        "'id': the pointer '/a~' has a '~'" => Of(Good with { Id = "/a~" }),
        "'text': '{/a' has a '{' without a '}'" => Of(Good with { Text = "{/a" }),
        "'text': the pointer 'a' does not begin with '/'" => Of(Good with { Text = "{a}" }),
        "'header:' names no header" => Of(Good with { Text = "{header:}" }),
        "'metadata': 'price' is neither" => Of(Good with { Metadata = ["price"] }),
        "the event 'a' stands in two" => Of(Good with { Upsert = ["a"], Delete = ["a"] }),
        "name is no name in an address" => new HookOptions { Name = "a/b", Mapping = Good },
        "it has none" => new HookOptions { Name = "a", Mapping = Good, Signature = HookSignature.Stripe },
        "secret number 2 is none" => new HookOptions { Name = "a", Mapping = Good, Signature = HookSignature.GitHub, Secrets = ["long enough to be one", "hush"] },
        "has secrets, and no signature" => new HookOptions { Name = "a", Mapping = Good, Secrets = ["hush hush hush hush hush"] },
        "Debezium's events say themselves" => new HookOptions { Name = "a", Mapping = Good with { Upsert = ["c"] }, Format = HookFormat.Debezium },
        _ => new HookOptions { Name = "a", Mapping = Good, Tolerance = TimeSpan.FromDays(1) },
    };

    private static HookOptions Of(HookMapping mapping) => new() { Name = "a", Mapping = mapping };
}
