using AwoooP.Client.Cli;

return await CommandLine.RunAsync(args);
