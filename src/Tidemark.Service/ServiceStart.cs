using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Tidemark.Composition.Trust;
using Tidemark.Documents;
using Tidemark.Server;
using Tidemark.Service.Messages;

namespace Tidemark.Service;

/// <summary>Puts the service together, by the same settings and the same hands as the executable.</summary>
internal static class ServiceStart
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    /// <exception cref="TidemarkException">The configuration has mistakes, or reaches further than this user trusts it to.</exception>
    public static TidemarkSettings Settle(string folder, IDictionary environment, TimeProvider clock)
    {
        var settings = ConfigurationLoader.Load(folder, environment, new SettingLayer("the command line"));
        return TrustRule.Allows(settings, environment, clock) ? settings : throw new UntrustedException(settings.File!, settings.Reach);
    }

    public static WebApplication Build(TidemarkSettings settings, IDictionary environment, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        Listen(builder, settings.Service, environment, clock);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        ServiceLog.Add(builder.Logging, settings.Service.LogsJson);
        ServiceTelemetry.Add(builder.Services, settings.Telemetry);
        var stores = new StoreOpener(settings.Store, clock, text => Console.Error.WriteLine(text))
        {
            Memory = UserMemory.Of(settings.Store, environment),
        };
        var index = new IndexComposer(settings, environment, clock).Compose(stores.OpenOrCreateAsync, settings.Pipeline, notice: null);
        builder.Services.AddSingleton(_ => index);
        builder.AddTidemarkServer(OptionsOf(settings, environment, clock, index) with
        {
            Migrations = target => new IndexComposer(Towards(target, settings, environment), environment, clock) is var composer
                ? composer.Compose(stores.OpenOrCreateAsync, composer.Settings.Pipeline, notice: null)
                : null!,
        });
        Follow(builder.Services, settings, environment, clock);
        Take(builder.Services, new RabbitComposer(environment).Compose(settings.Hooks));
        var application = builder.Build();
        application.MapTidemark(settings.Service.Prefix);
        return application;
    }

    /// <summary>Feeds are carried on where changes are carried out.</summary>
    private static void Follow(IServiceCollection services, TidemarkSettings settings, IDictionary environment, TimeProvider clock)
    {
        var composer = new FeedComposer(settings, environment);
        if (settings.Service.Works && (composer.ComposeStanding(), composer.LeaveOut()) is var (feeds, leftOut) && feeds.Count + leftOut.Count > 0)
        {
            services.AddSingleton(provider => new FeedHands(provider.GetRequiredService<TidemarkIndex>(), feeds, clock) { LeftOut = leftOut }).AddHostedService<FeedService>();
        }
    }

    private static void Take(IServiceCollection services, IReadOnlyList<RabbitQueue> queues)
    {
        if (queues.Count > 0)
        {
            services.AddSingleton(queues).AddSingleton<RabbitLog>().AddSingleton<RabbitPulse>().AddSingleton<IMessageIntake, StoreIntake>().AddHostedService<RabbitHands>();
        }
    }

    /// <summary>On sockets that a supervisor holds, where there are any; else where the settings say.</summary>
    private static void Listen(WebApplicationBuilder builder, ServiceSettings settings, IDictionary environment, TimeProvider clock)
    {
        var isPassed = PassedSockets.AreThere(environment);
        builder.WebHost.ConfigureKestrel(Limit);
        if (isPassed)
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.UseSystemd());
        }
        else
        {
            builder.WebHost.UseUrls(settings.Listen);
        }

        builder.Services.AddSingleton(ServiceStop.Of(settings.Grace, isPassed, clock))
            .AddSingleton<SocketTransportFactory>()
            .AddSingleton<YieldingListeners>()
            .AddSingleton<IConnectionListenerFactory>(provider => provider.GetRequiredService<YieldingListeners>())
            .AddSingleton<IHostLifetime, ServiceSignals>();
    }

    /// <summary>Who sends slowly, or takes slowly, loses its connection and harms nobody else.</summary>
    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    private static ServerOptions OptionsOf(TidemarkSettings settings, IDictionary environment, TimeProvider clock, TidemarkIndex index) => new()
    {
        Hosts = settings.Service.Hosts,
        Namespace = settings.Namespace,
        Work = [settings.Namespace],
        CarriesOut = settings.Service.Works,
        Worker = new Streaming.WorkerOptions { Visibility = settings.Queue.Visibility, Attempts = settings.Queue.Attempts, Spending = settings.Spending },
        MostDocumentBytes = (int)Math.Min(settings.Limits.MaxLineBytes, int.MaxValue),
        MostWaiting = settings.Queue.MaxPending,
        RequestsPerMinute = settings.Service.RequestsPerMinute,
        Status = settings.Status,
        Spending = settings.Spending,
        Retention = settings.Retention.Options,
        Hooks = new HookComposer(environment).Compose(settings.Hooks),
        Agents = new Agents.AgentOptions { Status = settings.Status, Urls = settings.Urls },
        Jobs = served => new JobComposer(settings, clock).Compose(served),
        Metrics = ServiceTelemetry.MapMetrics,
        Sources = names => SourcesOf(settings, names, clock, index),
    };

    /// <summary>The settings as they would be with what a request asks for. It says what is built, and never where anything is sent.</summary>
    /// <exception cref="ConfigurationException">It is none.</exception>
    private static TidemarkSettings Towards(MigrationTarget target, TidemarkSettings settings, IDictionary environment)
    {
        var layer = new SettingLayer("the request");
        foreach (var (path, text) in ((string, string?)[])
        [
            (SettingPaths.EmbeddingModel, target.Embedder), (SettingPaths.Chunker, target.Chunker),
            (SettingPaths.ChunkSize, target.ChunkSize?.ToString(CultureInfo.InvariantCulture)), (SettingPaths.ChunkOverlap, target.ChunkOverlap?.ToString(CultureInfo.InvariantCulture)),
            (SettingPaths.Stemming, target.Stemming),
        ])
        {
            var definition = SettingTable.Root.First(setting => setting.Path == path);
            if (text is not null && SettingParser.Parse(definition, text, $"'{path}'", layer.Mistakes) is { } value)
            {
                layer.Values.Set(path, value);
            }
        }

        return ConfigurationLoader.Load(settings.Root, environment, layer);
    }

    /// <summary>Whoever sends a request names sources that are configured, and no path.</summary>
    /// <exception cref="TidemarkException"><c>source.missing</c>: none is configured by that name.</exception>
    private static IReadOnlyList<IDocumentSource> SourcesOf(TidemarkSettings settings, IReadOnlyList<string>? names, TimeProvider clock, TidemarkIndex index)
    {
        foreach (var name in names ?? [])
        {
            if (!settings.Sources.Any(source => source.Name == name))
            {
                throw new TidemarkException(
                    ErrorCodes.SourceMissing, $"no source '{name}' is configured", "name one of 'sources' in tidemark.json, or leave it out for all");
            }
        }

        var meant = new SourceResolver(settings, settings.Root, new SettingValues()).Resolve([.. names ?? []], required: names is { Count: > 0 });
        return new SourceFactory(settings, cleanup: null, clock) { Polls = name => new SourceJournal(index, name, settings.Namespace) }.Create(meant);
    }
}
