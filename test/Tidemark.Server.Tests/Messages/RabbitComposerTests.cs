using System.Collections;
using Shouldly;
using Tidemark.Composition.Configuration;
using Tidemark.Service.Messages;
using Xunit;

namespace Tidemark.Server.Tests.Messages;

/// <summary>Every mistake is told at once, with its remedy, and no address with it.</summary>
public sealed class RabbitComposerTests
{
    private static readonly Hashtable Environment = new() { ["AMQP_URL"] = "amqps://me:pw-7d1f@broker.example.org:5671/shop", ["WRONG"] = "http://me:pw-7d1f@h" };

    [Fact]
    public void An_address_of_the_environment_is_shown_without_its_secrets()
    {
        var queue = Compose(("rabbitmq", "env:AMQP_URL"), ("queue", "shop")).ShouldHaveSingleItem();

        (queue.Hook, queue.Name, queue.Prefetch, queue.Shown).ShouldBe(("events", "shop", (ushort)100, "amqps://broker.example.org:5671/shop"));
        queue.Address.UserInfo.ShouldBe("me:pw-7d1f");
        queue.ToString().ShouldNotContain("pw-7d1f");
    }

    [Fact]
    public void A_hook_of_requests_has_no_queue() => Compose(("signature", "none")).ShouldBeEmpty();

    [Theory]
    [InlineData("'events': it has 'queue', and no 'rabbitmq'", "queue", "shop")]
    [InlineData("'events': it has 'rabbitmq', and names no queue", "rabbitmq", "env:AMQP_URL")]
    [InlineData("the variable 'NOBODY' of the environment holds no address", "rabbitmq", "env:NOBODY", "queue", "shop")]
    [InlineData("the variable 'WRONG' of the environment holds no address", "rabbitmq", "env:WRONG", "queue", "shop")]
    [InlineData("its 'rabbitmq' cannot be read as an address", "rabbitmq", "amqp://me:pw-7d1f@h/a/b", "queue", "shop")]
    [InlineData("its 'rabbitmq' cannot be read as an address", "rabbitmq", "amqp://h/?heartbeat=3", "queue", "shop")]
    [InlineData("'signature' is of requests", "rabbitmq", "env:AMQP_URL", "queue", "shop", "signature", "github")]
    public void What_is_wrong_is_told(string message, params string[] settings)
    {
        var pairs = settings.Chunk(2).Select(pair => (pair[0], pair[1])).ToArray();

        var mistake = Should.Throw<ConfigurationException>(() => Compose(pairs)).Mistakes.ShouldHaveSingleItem();

        mistake.Message.ShouldContain(message);
        mistake.Remedy.ShouldNotBeNullOrWhiteSpace();
        (mistake.Message + mistake.Remedy).ShouldNotContain("pw-7d1f");
    }

    private static IReadOnlyList<RabbitQueue> Compose(params (string Name, string Value)[] settings)
    {
        var values = new SettingValues();
        foreach (var (name, value) in settings)
        {
            values.Set(name, value);
        }

        return new RabbitComposer(Environment).Compose([new HookSettings("events", values)]);
    }
}
