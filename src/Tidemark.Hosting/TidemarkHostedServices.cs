using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidemark;
using Tidemark.Hosting;
using Tidemark.Hosting.Settings;
using Tidemark.Hosting.Working;
using Tidemark.Streaming;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Indexes of a host: put together from configuration, and worked with for as long as it runs.</summary>
public static class TidemarkHostedServices
{
    /// <summary>
    /// Registers an index whose knobs come from a section of the configuration. Every mistake is told at once, also what the section has that nobody
    /// knows.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="section">See <see cref="TidemarkSettings"/> for what may stand in it.</param>
    /// <param name="configure">Store, embedder and sources, from settings of their own where it asks for those; after the knobs.</param>
    /// <param name="key">By which the index is asked for; null: by none.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: all that is wrong or missing.</exception>
    public static IServiceCollection AddTidemark(
        this IServiceCollection services, IConfiguration section, Action<TidemarkBuilder, TidemarkSettings> configure, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(configure);
        return key is null ? services.AddTidemark(Put) : services.AddTidemark(key, Put);

        void Put(TidemarkBuilder builder)
        {
            var settings = new TidemarkSettings(section);
            Knobs.Turn(builder, settings);
            configure(builder, settings);
            settings.Check();
        }
    }

    /// <summary>Carries queued changes out for as long as the host runs; the host stops only when what is under way is committed.</summary>
    /// <param name="services">The container.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="key">Of an index that was registered by a key; null: by none.</param>
    public static IServiceCollection AddTidemarkWorker(this IServiceCollection services, WorkerOptions? options = null, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton<IHostedService>(provider => new HostedWorker(
            RegisteredIndex.Of(provider, key),
            options ?? new WorkerOptions(),
            RegisteredIndex.ClockOf(provider),
            provider.GetRequiredService<ILogger<HostedWorker>>()));
    }

    /// <summary>Syncs the index when the host starts and at its times: <c>AddTidemarkSync("*/15 * * * *")</c>.</summary>
    /// <param name="services">The container.</param>
    /// <param name="schedule">See <see cref="SyncSchedule.Parse"/>.</param>
    /// <param name="key">Of an index that was registered by a key; null: by none.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: it is no schedule.</exception>
    public static IServiceCollection AddTidemarkSync(this IServiceCollection services, string schedule, object? key = null) =>
        AddTidemarkSync(services, SyncSchedule.Parse(schedule), key);

    /// <summary>The same at times, and with options, of your own.</summary>
    /// <param name="services">The container.</param>
    /// <param name="schedule">When, and what each run is asked for.</param>
    /// <param name="key">Of an index that was registered by a key; null: by none.</param>
    public static IServiceCollection AddTidemarkSync(this IServiceCollection services, SyncSchedule schedule, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(schedule);
        return services.AddSingleton<IHostedService>(provider => new HostedSync(
            RegisteredIndex.Of(provider, key), schedule, RegisteredIndex.ClockOf(provider), provider.GetRequiredService<ILogger<HostedSync>>()));
    }
}
