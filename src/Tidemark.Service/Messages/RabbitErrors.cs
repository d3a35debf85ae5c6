using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client.Exceptions;

namespace Tidemark.Service.Messages;

/// <summary>What a broker says, as our errors with a remedy. Neither has a password in it.</summary>
internal static class RabbitErrors
{
    private const ushort AccessRefused = 403, NotFound = 404, ResourceLocked = 405, NotAllowed = 530;

    public static bool IsTranslatable(Exception e) =>
        e is RabbitMQClientException or SocketException or IOException or TimeoutException or AuthenticationException or ObjectDisposedException or OperationCanceledException;

    public static TidemarkException Translate(RabbitQueue queue, Exception e) => e switch
    {
        TidemarkException own => own,
        OperationInterruptedException { ShutdownReason: { } reason } => Of(queue, reason.ReplyCode, reason.ReplyText, e),
        _ when Find<AuthenticationFailureException>(e) is not null || Find<PossibleAuthenticationFailureException>(e) is not null => Setup(
            queue, "it does not let this user in", "put the right user, password and virtual host into the variable that the hook names in 'rabbitmq'", e),
        _ when Find<OperationInterruptedException>(e) is { ShutdownReason: { } reason } => Of(queue, reason.ReplyCode, reason.ReplyText, e),
        _ when Find<AuthenticationException>(e) is { } tls => Setup(
            queue, $"its certificate is not accepted: {tls.Message}", "have it show one of its host's name that this machine trusts (SSL_CERT_FILE names the authority's)", e),
        _ => Unreachable(queue, Find<SocketException>(e)?.Message ?? e.Message, e),
    };

    /// <summary>The connection ended, or the channel, or the queue under it.</summary>
    public static TidemarkException Ended(RabbitQueue queue, ushort code, string text) => Of(queue, code, text, cause: null);

    public static TidemarkException Setup(RabbitQueue queue, string message, string remedy, Exception? cause) =>
        new(ErrorCodes.BrokerSetup, $"{queue.Place} cannot be read for the hook '{queue.Hook}': {message}", remedy, cause!);

    private static TidemarkException Of(RabbitQueue queue, ushort code, string text, Exception? cause) => code switch
    {
        NotFound => Setup(queue, "there is no such queue", "declare it where its events are published, and bind it to their exchange: none is made here", cause),
        AccessRefused => Setup(queue, text, $"let the user read it: rabbitmqctl set_permissions -p VHOST USER '' '' '^{queue.Name}$'", cause),
        NotAllowed => Setup(queue, text, "put the right virtual host into the variable that the hook names in 'rabbitmq', and let the user in there", cause),
        ResourceLocked => Setup(queue, text, "declare it without 'exclusive', or end who has it for itself", cause),
        _ => Unreachable(queue, text, cause),
    };

    private static TidemarkException Unreachable(RabbitQueue queue, string why, Exception? cause) => new(
        ErrorCodes.BrokerUnreachable,
        $"the connection for {queue.Place} failed or was lost: {why}",
        "see that the broker runs and can be reached; what was not acknowledged stays there",
        cause!);

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found)
            {
                return found;
            }

            if (e is AggregateException { InnerExceptions: var several } && several.Select(Find<T>).OfType<T>().FirstOrDefault() is { } inside)
            {
                return inside;
            }
        }

        return null;
    }
}
