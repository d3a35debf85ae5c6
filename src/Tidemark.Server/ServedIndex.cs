using Microsoft.Extensions.Hosting;
using Tidemark.Server.Guarding;
using Tidemark.Server.Hooks;
using Tidemark.Server.Operations;
using Tidemark.Server.Working;

namespace Tidemark.Server;

/// <summary>An index with all that serving it takes.</summary>
internal sealed class ServedIndex(
    TidemarkIndex index, ServerOptions options, ServiceGuards guards, ServiceWork work, ServiceEnd end, TimeProvider clock)
{
    public TidemarkIndex Index => index;

    public ServerOptions Options => options;

    public AccessGuard Access => guards.Access;

    public TokenLimits Tokens => guards.Tokens;

    public HookSet Hooks => guards.Hooks;

    public OperationBook Operations => work.Operations;

    public QueueHands Hands => work.Hands;

    public FreshnessBook Freshness => work.Freshness;

    /// <summary>When no more is begun, and what is under way comes to an end.</summary>
    public CancellationToken Stopping => end.Life.ApplicationStopping;

    /// <summary>Requests are answered as ever, and it is time to send them elsewhere.</summary>
    public bool IsLeaving => end.Drain.IsDraining || Stopping.IsCancellationRequested;

    public TimeProvider Clock => clock;
}

/// <summary>Who is let in, and with how much.</summary>
internal sealed record ServiceGuards(AccessGuard Access, TokenLimits Tokens, HookSet Hooks);

/// <summary>How it comes to an end.</summary>
internal sealed record ServiceEnd(ServiceDrain Drain, IHostApplicationLifetime Life);

/// <summary>What goes on behind requests.</summary>
internal sealed record ServiceWork(OperationBook Operations, QueueHands Hands, FreshnessBook Freshness);
