using Tidemark.Service;

try
{
    var settings = ServiceStart.Settle(Environment.CurrentDirectory, Environment.GetEnvironmentVariables(), TimeProvider.System);
    await using var application = ServiceStart.Build(settings, Environment.GetEnvironmentVariables(), TimeProvider.System);
    await application.RunAsync();
    return 0;
}
catch (Exception e) when (ServiceFailure.Of(e) is { } failure)
{
    return ServiceFailure.Tell(failure, Console.Error);
}
