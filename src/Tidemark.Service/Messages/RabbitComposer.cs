using System.Collections;
using Tidemark.Composition.Configuration;

namespace Tidemark.Service.Messages;

/// <summary>From the configured hooks to the queues whose messages they take, with their addresses from the environment.</summary>
internal sealed class RabbitComposer(IDictionary environment)
{
    private const long Usual = 100;

    /// <summary>What only requests have.</summary>
    private static readonly string[] OfRequests =
    [
        SettingPaths.HookSignature, SettingPaths.HookSecrets, SettingPaths.HookTolerance, SettingPaths.HookOrigins, SettingPaths.HookRequests,
    ];

    private readonly List<ConfigurationMistake> _mistakes = [];

    /// <exception cref="ConfigurationException">Something is wrong with one of them.</exception>
    public IReadOnlyList<RabbitQueue> Compose(IReadOnlyList<HookSettings> hooks)
    {
        List<RabbitQueue> composed = [.. hooks.Select(Compose).OfType<RabbitQueue>()];
        return _mistakes.Count == 0 ? composed : throw new ConfigurationException(_mistakes);
    }

    private RabbitQueue? Compose(HookSettings hook)
    {
        var values = hook.Values;
        if (hook.Broker is not { } broker)
        {
            foreach (var name in ((string[])[SettingPaths.HookQueue, SettingPaths.HookPrefetch]).Where(values.Has))
            {
                Say(hook, $"it has '{name}', and no '{SettingPaths.HookRabbit}'", $"name the broker: \"{SettingPaths.HookRabbit}\": \"env:AMQP_URL\"; or leave '{name}' out");
            }

            return null;
        }

        foreach (var name in OfRequests.Where(values.Has))
        {
            Say(hook, $"its events are messages of a broker, and '{name}' is of requests", $"leave '{name}' out: who may publish, the broker says");
        }

        var queue = values.Text(SettingPaths.HookQueue);
        if (string.IsNullOrWhiteSpace(queue))
        {
            Say(hook, $"it has '{SettingPaths.HookRabbit}', and names no queue", $"name the one that the events are in: \"{SettingPaths.HookQueue}\": \"shop\"");
        }

        return AddressOf(hook, broker) is not { } address || string.IsNullOrWhiteSpace(queue) ? null
            : new RabbitQueue(hook.Name, address, queue, (ushort)(values.Integer(SettingPaths.HookPrefetch) ?? Usual), RabbitAddress.Shown(address));
    }

    /// <summary>What is wrong with it is told without repeating it.</summary>
    private Uri? AddressOf(HookSettings hook, string broker)
    {
        if (FeedSettings.VariableOf(broker) is not { } variable)
        {
            if (RabbitAddress.Parse(broker) is { } written)
            {
                return written;
            }

            Say(hook, $"its '{SettingPaths.HookRabbit}' cannot be read as an address", RabbitAddress.Expectation);
            return null;
        }

        if (RabbitAddress.Parse(environment[variable] as string ?? "") is { } address)
        {
            return address;
        }

        Say(hook, $"the variable '{variable}' of the environment holds no address of a RabbitMQ", $"set it: export {variable}=amqps://USER:PASSWORD@HOST:PORT/VHOST");
        return null;
    }

    private void Say(HookSettings hook, string message, string remedy) => _mistakes.Add(new($"the hook '{hook.Name}': {message}", remedy));
}
