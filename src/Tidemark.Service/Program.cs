using Tidemark.Service;

try
{
    var settings = ServiceStart.Settle(Environment.CurrentDirectory, Environment.GetEnvironmentVariables(), TimeProvider.System);
    if (args is [HealthProbe.Argument])
    {
        return await HealthProbe.AskAsync(settings.Service, Console.Error);
    }

    await using var application = ServiceStart.Build(settings, Environment.GetEnvironmentVariables(), TimeProvider.System);
    await application.RunAsync();
    return 0;
}
catch (Exception e) when (ServiceFailure.Of(e) is { } failure)
{
    return ServiceFailure.Tell(failure, Console.Error);
}
