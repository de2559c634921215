using AwoooP.Bench.Engine;
using AwoooP.Bench.Intake;
using AwoooP.Bench.Journal;
using AwoooP.Bench.Load;

var arguments = args.Skip(1).ToArray();
return (args.FirstOrDefault() ?? "") switch
{
    "journal" => await JournalBench.RunAsync(arguments),
    "engine" => await EngineBench.RunAsync(arguments),
    OtherProcess.Silo => await RemoteCalls.RunOtherSiloAsync(),
    OtherProcess.DurableSilo => await TakeOver.RunOtherSiloAsync(),
    "intake" => await IntakeBench.RunAsync(arguments),
    "load" => await LoadBench.RunAsync(arguments),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: bench journal [--seconds N] [--rounds N] [--data FOLDER] [--writers N] | bench intake [--seconds N] | "
        + $"bench engine [--seconds N] [--only memory|remote|durable|takeover] | {LoadSettings.Usage}");
    return 2;
}
