using Microsoft.Extensions.Hosting;
using Tidemark.Server.Guarding;
using Tidemark.Server.Operations;
using Tidemark.Server.Working;

namespace Tidemark.Server;

/// <summary>An index with all that serving it takes.</summary>
internal sealed class ServedIndex(
    TidemarkIndex index, ServerOptions options, AccessGuard access, OperationBook operations, QueueHands hands, FreshnessBook freshness, TokenLimits tokens, IHostApplicationLifetime life, TimeProvider clock)
{
    public TidemarkIndex Index => index;

    public ServerOptions Options => options;

    public AccessGuard Access => access;

    public OperationBook Operations => operations;

    public QueueHands Hands => hands;

    public FreshnessBook Freshness => freshness;

    public TokenLimits Tokens => tokens;

    /// <summary>When no more is begun, and what is under way comes to an end.</summary>
    public CancellationToken Stopping => life.ApplicationStopping;

    public TimeProvider Clock => clock;
}
