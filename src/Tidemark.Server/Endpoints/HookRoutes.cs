using Tidemark.Server.Hooks;
using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Endpoints;

/// <summary>Events that other systems send.</summary>
internal static class HookRoutes
{
    public static IEnumerable<ServiceRoute> All =>
    [
        new("POST", "hooks/{name}", "deliverEvent", "Takes events of another system, as the hook of that name says.", AccessScope.Write)
        {
            InPath = Parameter.Text("name", "The name of the hook in the service's configuration."),
            Body = RequestBody.Event,
            Answer = "Nothing is left to do: the events are of no concern, older than what waits, or were taken before.",
            Accepted = "They are safe: in the queue, or among the dead letters.",
            Schema = "Delivered",
            Reach = Reach.Own,
            LetIn = HookEntrance.LetInAsync,
            Handle = HookDelivery.TakeAsync,
        },
        new("OPTIONS", "hooks/{name}", "askHook", "Says whether a sender of CloudEvents, which names itself in 'WebHook-Request-Origin', may send.", AccessScope.None)
        {
            InPath = Parameter.Text("name", "The name of the hook in the service's configuration."),
            Answer = "It may: 'WebHook-Allowed-Origin' and 'WebHook-Allowed-Rate' say how.",
            Reach = Reach.Own,
            Handle = HookConsent.AnswerAsync,
        },
    ];
}
