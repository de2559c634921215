using AwoooP.Bench.Intake;
using AwoooP.Bench.Journal;

var arguments = args.Skip(1).ToArray();
return (args.FirstOrDefault() ?? "") switch
{
    "journal" => await JournalBench.RunAsync(arguments),
    "intake" => await IntakeBench.RunAsync(arguments),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench journal [--seconds N] [--rounds N] [--data FOLDER] [--writers N] | bench intake [--seconds N]");
    return 2;
}
